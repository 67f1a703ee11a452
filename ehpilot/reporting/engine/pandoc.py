"""Executed Markdown → HTML, DOCX, or PDF by way of Typst; under a time limit.

Does not belong here: running cells, what is done to the files afterwards (``finish_*``).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

from ehpilot.errors import BuildError
from ehpilot.reporting import fonts

PANDOC_TIMEOUT_S = 120
HEAP = "1500M"  # of pandoc: a filter that runs wild must not take the machine with it
EPOCH = "315532800"  # 1980-01-01, the earliest date of a zip entry: the same input gives the same bytes
_FILTER = Path(__file__).with_name("crossref.lua")
# A caption carries its number as text already; Typst's own “表 1” before it would be a second one.
_TYPST_HEAD = "#show figure.caption: it => it.body\n#set document(date: none)\n"
# pandoc's template takes the file's title from the title block, which stands in the body here (doc.cover).
_TYPST_TITLE = "set document(\n    title: title,"


def convert(markdown: Path, target: Path, meta: dict[str, Any], settings: dict[str, Any], project: Path) -> None:
    """Write ``target`` (.html, .docx or .pdf) from a Markdown file that stands beside its pictures.

    Raises BuildError with pandoc's or Typst's own first line; NoChineseFontError for a PDF without a font.
    """
    kind = {".html": "html", ".docx": "docx", ".pdf": "typst"}[target.suffix]
    options = {**settings["format"][kind], **_own(meta, kind)}
    arguments = ["--from", "markdown", "--standalone", "--lua-filter", str(_FILTER)]
    arguments += [f"--lua-filter={project / name}" for name in settings.get("filters", [])]
    arguments += ["--metadata", f"lang={settings['lang']}", "--columns", "72", "--resource-path", str(markdown.parent)]
    for key in ("title-meta", "pagetitle"):
        if meta.get(key):
            arguments += ["--metadata", f"{key}={meta[key]}"]
    if kind == "html":
        _run([*arguments, "--to", "html5", *_html(options, project), "-o", str(target), str(markdown)])
    elif kind == "docx":
        reference = project / options["reference-doc"]
        _run([*arguments, "--to", "docx", f"--reference-doc={reference}", "-o", str(target), str(markdown)])
    else:
        _typst(markdown, target, arguments, options, meta, project)


def _own(meta: dict[str, Any], kind: str) -> dict[str, Any]:
    """Format options of the document itself; a header file is added to the project's, as Quarto does."""
    own = (meta.get("format") or {}).get(kind)
    return {**own, "own-header": own.get("include-in-header")} if isinstance(own, dict) else {}


def _html(options: dict[str, Any], project: Path) -> list[str]:
    return [
        "--embed-resources", "--mathml", "--section-divs", f"--css={project / options['css']}",
        f"--include-after-body={project / options['include-after-body']}",
    ]  # fmt: skip


def _typst(
    markdown: Path, target: Path, arguments: list[str], options: dict[str, Any], meta: dict[str, Any], project: Path
) -> None:
    import typst

    text_font, _ = fonts.print_fonts()
    header = markdown.with_suffix(".header.typ")
    own = options.get("own-header")
    files = [project / "_brand/report.typ"] if own else [project / options["include-in-header"]]
    files += [project / own] if own else []
    header.write_text(_TYPST_HEAD + "\n".join(path.read_text(encoding="utf-8") for path in files), encoding="utf-8")
    source = markdown.with_suffix(".typ")
    arguments = [*arguments, "--to", "typst", f"--include-in-header={header}", "--variable", f"mainfont={text_font}"]
    arguments += ["--variable", f"papersize={options['papersize']}", "--variable", f"fontsize={options['fontsize']}"]
    arguments += [f"--variable=margin.{side}:{width}" for side, width in options["margin"].items()]
    _run([*arguments, "-o", str(source), str(markdown)])
    text = source.read_text(encoding="utf-8")
    if _TYPST_TITLE not in text:
        raise BuildError("this pandoc's Typst template is another one: no place for the title")
    title = json.dumps(str(meta.get("title-meta", "")), ensure_ascii=False)
    source.write_text(text.replace(_TYPST_TITLE, _TYPST_TITLE.replace("title,", f"{title},")), encoding="utf-8")
    try:
        target.write_bytes(typst.compile(str(source), root=str(markdown.parent), format="pdf"))
    except typst.TypstError as error:
        raise BuildError(f"typst: {str(error).splitlines()[0]}") from error


def _run(arguments: list[str]) -> None:
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "+RTS", f"-M{HEAP}", "-RTS", *arguments]
    env = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=PANDOC_TIMEOUT_S, check=False, env=env)
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"pandoc took longer than {PANDOC_TIMEOUT_S} s") from error
    if result.returncode:
        lines = [line for line in result.stderr.splitlines() if line.strip() and not re.match(r"\[WARNING\]", line)]
        raise BuildError(f"pandoc: {' '.join(lines[:3]) or result.returncode}")
