"""Executed Markdown → pandoc's tree, read once → HTML, DOCX, or PDF by way of Typst; under a time limit.

Does not belong here: running cells, what is done to the files afterwards (``finish_*``).
"""

from __future__ import annotations

import base64
import contextlib
import gc
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ehpilot.errors import BuildError
from ehpilot.reporting import fonts
from ehpilot.reporting.engine import pages, tables

PANDOC_TIMEOUT_S = 120
HEAP = "1500M"  # of pandoc: a filter that runs wild must not take the machine with it
NURSERY = "64M"  # of its heap: collected so seldom, a document takes an eighth less time than with its own 4 MB
EPOCH = "315532800"  # 1980-01-01, the earliest date of a zip entry: the same input gives the same bytes
STYLE_LINK = "press.css"
_PICTURE = re.compile(r'(<img\s+src=")([\w-]+\.png)"')
_FILTER = Path(__file__).with_name("crossref.lua")
_TABLES_FILTER = Path(__file__).with_name("tables.lua")
TABLES_KEY = "press-tables"  # metadata: the file that tables.lua reads
# A caption carries its number as text already; Typst's own “表 1” before it would be a second one.
_TYPST_HEAD = "#show figure.caption: it => it.body\n#set document(date: none)\n"
# pandoc's template takes the file's title from the title block, which stands in the body here (doc.cover).
_TYPST_TITLE = "set document(\n    title: title,"


def read(text: str, tree: Path) -> None:
    """Write pandoc's tree (JSON) of a Markdown text. Tables of the helpers go around pandoc's reader and the filters:
    beside the tree they stand in a document of their own, as they are and as plain texts."""
    with _uncollected():
        small, found = tables.lift(text)
        content = json.loads(_run(["--from", "markdown", "--to", "json", "--columns", "72"], small))
        tables.put_back(content, [tables.stub(number, table) for number, table in enumerate(found)])
        tree.write_text(_compact(content), encoding="utf-8")
        plain = [tables.as_plain(table) for table in found]
        for blocks, kind in ((found, "html"), (plain, "docx")):
            document = {**content, "meta": {}, "blocks": blocks}
            _tables_of(tree, kind).write_text(_compact(document), encoding="utf-8")


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Trees are a hundred thousand lists without a cycle, and looking for one takes half the time of making them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _compact(tree: dict[str, Any]) -> str:
    return json.dumps(tree, ensure_ascii=False, check_circular=False, separators=(",", ":"))


def _tables_of(tree: Path, kind: str) -> Path:
    """Word prints texts only. Typst does too, but its filter has to see each word that might be a mark."""
    return tree.with_suffix(".plain-tables.json" if kind == "docx" else ".tables.json")


def convert(tree: Path, target: Path, meta: dict[str, Any], settings: dict[str, Any], project: Path) -> None:
    """Write ``target`` (.html, .docx or .pdf) from a tree that stands beside its pictures.

    Raises BuildError with pandoc's or Typst's own first line; NoChineseFontError for a PDF without a font.
    """
    kind = {".html": "html", ".docx": "docx", ".pdf": "typst"}[target.suffix]
    options = {**settings["format"][kind], **_own(meta, kind)}
    arguments = ["--from", "json", "--standalone", "--lua-filter", str(_FILTER)]
    own = [f"--lua-filter={project / name}" for name in settings.get("filters", [])]
    fill = f"--lua-filter={_TABLES_FILTER}"
    # The project's filter looks into cells for Typst only.
    arguments += [fill, *own] if kind == "typst" else [*own, fill]
    arguments += ["--metadata", f"{TABLES_KEY}={_tables_of(tree, kind)}"]
    arguments += ["--metadata", f"lang={settings['lang']}", "--columns", "72", "--resource-path", str(tree.parent)]
    for key in ("title-meta", "pagetitle"):
        if meta.get(key):
            arguments += ["--metadata", f"{key}={meta[key]}"]
    if kind == "html":
        _run([*arguments, "--to", "html5", *_html(options, project), "-o", str(target), str(tree)])
        _embed(target, project / options["css"], tree.parent)
    elif kind == "docx":
        reference = project / options["reference-doc"]
        _run([*arguments, "--to", "docx", f"--reference-doc={reference}", "-o", str(target), str(tree)])
    else:
        _typst(tree, target, arguments, options, meta, project)


def _own(meta: dict[str, Any], kind: str) -> dict[str, Any]:
    """Format options of the document itself; a header file is added to the project's, as Quarto does."""
    own = (meta.get("format") or {}).get(kind)
    return {**own, "own-header": own.get("include-in-header")} if isinstance(own, dict) else {}


def _html(options: dict[str, Any], project: Path) -> list[str]:
    return [
        "--mathml", "--section-divs", f"--css={STYLE_LINK}",
        f"--include-after-body={project / options['include-after-body']}",
    ]  # fmt: skip


def _embed(target: Path, css: Path, pictures: Path) -> None:
    """Put style and pictures into the page: what --embed-resources does, at a tenth of its time. Quotes of data are
    character references in the page, so that nothing but an element of pandoc's own has this form."""
    page = target.read_text(encoding="utf-8")
    link = f'<link rel="stylesheet" href="{STYLE_LINK}" />'
    if link not in page:
        raise BuildError("this pandoc's HTML template is another one: no place for the style")
    page = page.replace(link, f"<style>\n{css.read_text(encoding='utf-8')}</style>", 1)

    def embedded(found: re.Match[str]) -> str:
        data = base64.b64encode((pictures / found[2]).read_bytes()).decode()
        return f'{found[1]}data:image/png;base64,{data}"'

    target.write_text(_PICTURE.sub(embedded, page), encoding="utf-8")


def _typst(
    tree: Path, target: Path, arguments: list[str], options: dict[str, Any], meta: dict[str, Any], project: Path
) -> None:
    import typst

    text_font, _ = fonts.print_fonts()
    header = tree.with_suffix(".header.typ")
    own = options.get("own-header")
    files = [project / "_brand/report.typ"] if own else [project / options["include-in-header"]]
    files += [project / own] if own else []
    header.write_text(_TYPST_HEAD + "\n".join(path.read_text(encoding="utf-8") for path in files), encoding="utf-8")
    source = tree.with_suffix(".typ")
    arguments = [*arguments, "--to", "typst", f"--include-in-header={header}", "--variable", f"mainfont={text_font}"]
    arguments += ["--variable", f"papersize={options['papersize']}", "--variable", f"fontsize={options['fontsize']}"]
    arguments += [f"--variable-json=margin={json.dumps(options['margin'])}"]  # pandoc drops margin.top and the like
    _run([*arguments, "-o", str(source), str(tree)])
    text = source.read_text(encoding="utf-8")
    if _TYPST_TITLE not in text:
        raise BuildError("this pandoc's Typst template is another one: no place for the title")
    title = json.dumps(str(meta.get("title-meta", "")), ensure_ascii=False)
    source.write_text(text.replace(_TYPST_TITLE, _TYPST_TITLE.replace("title,", f"{title},")), encoding="utf-8")
    try:
        target.write_bytes(pages.compile_pdf(source))
    except typst.TypstError as error:
        raise BuildError(f"typst: {str(error).splitlines()[0]}") from error


def _run(arguments: list[str], text: str | None = None) -> str:
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "+RTS", f"-M{HEAP}", f"-A{NURSERY}", "-RTS", *arguments]
    env = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    try:
        result = subprocess.run(
            command, input=text, capture_output=True, encoding="utf-8", timeout=PANDOC_TIMEOUT_S, check=False, env=env
        )
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"pandoc took longer than {PANDOC_TIMEOUT_S} s") from error
    if result.returncode:
        lines = [line for line in result.stderr.splitlines() if line.strip() and not re.match(r"\[WARNING\]", line)]
        raise BuildError(f"pandoc: {' '.join(lines[:3]) or result.returncode}")
    return result.stdout
