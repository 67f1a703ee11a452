"""Every .qmd keeps to the subset that both engines render equally; what is outside is refused with file and line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ehpilot.errors import UsageError
from ehpilot.reporting.engine.quarto import QuartoEngine, told
from ehpilot.reporting.engine.source import NO_TITLE, read, read_project
from ehpilot.reporting.project import ANNEX, PROJECT, captions, documents, front_matter

HEAD = '---\ntitle-meta: "题"\npagetitle: "题"\ndocument-id: D01\njupyter: python3\n---\n'
DOCUMENTS = sorted(path for path in PROJECT.glob("*.qmd") if not path.name.startswith("_"))
# What may hold digits in prose: standards, clauses, dates of law, percentiles, names with a number, chemical formulae.
ALLOWED = re.compile(
    r"[A-Z][A-Z/]*\s?\d+(\.\d+)*-\d{4}|第[\d.]+[条章节款]|\d{4}年(\d+月(\d+日)?)?|〔\d{4}〕\d+号|第\d+(至第\d+)?百分位"
    r"|2000国家大地坐标系|PM~[\d.]+~|\^[\d-]+\^|~\d+~|GB/T \d+|1\+X"
)
NOT_PROSE = re.compile(r"`\{python\} [^`]+`|\[@[^\]]*\]|\{[^}]*\}|\$\$.*?\$\$", re.DOTALL)


def prose(path: Path) -> list[str]:
    """Lines of running text: no cells, inline values, attributes, formulae or heading numbers."""
    text = "\n".join(part for part in read(path).parts if isinstance(part, str))
    lines = NOT_PROSE.sub("", text).splitlines()
    return [re.sub(r"^(#+ |\s*)\d+\.", "", line) for line in lines if line.strip()]


def test_there_are_documents() -> None:
    assert {"D01", "D02"} <= set(documents())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_document_is_inside_the_subset(path: Path) -> None:
    source = read(path)
    assert [cell for cell in source.cells if cell.options.get("tags") == ["parameters"]], "no parameters cell"
    typed = [line for line in prose(path) if re.search(r"\d", ALLOWED.sub("", line))]
    assert typed == [], "digits typed in prose: print them by doc.number"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_references_resolve_and_labels_are_unique(path: Path) -> None:
    source = read(path)
    labels = [cell.label for cell in source.cells if cell.label]
    assert len(labels) == len(set(labels))
    text = "\n".join(part for part in source.parts if isinstance(part, str))
    labels += re.findall(r"\{#(eq-[\w-]+)\}", text)
    assert set(re.findall(r"@((?:tbl|fig|eq|sec)-[\w-]+)", text)) <= set(labels)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_floats_have_one_helper_and_documents_end_with_their_evidence(path: Path) -> None:
    source = read(path)
    for cell in source.cells:
        kind = cell.label[:4]
        pattern = {"tbl-": r"doc\.(?:table|record)\(", "fig-": r"doc\.(?:bars|lines|map|plate|figure|flow)\("}.get(kind)
        if pattern:
            assert len(re.findall(pattern, cell.code)) == 1, cell.label
        for imported in re.findall(r"^\s*(?:from|import)\s+(\S+)", cell.code, re.MULTILINE):
            assert imported == "ehpilot.reporting", f"{path.name}:{cell.line} imports {imported}"
    assert ("doc.parts(" if path.name == ANNEX else "doc.evidence(") in source.cells[-1].code


def test_the_project_file_is_inside_the_subset() -> None:
    settings = read_project(PROJECT)
    assert settings["lang"] == "zh-CN"
    for name, options in settings["format"].items():
        for key in ("reference-doc", "css", "include-after-body", "include-in-header"):
            assert key not in options or (PROJECT / options[key]).is_file(), (name, key)


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [("{{< video x.mp4 >}}", 7, "shortcode video"), ("{{< include _none.qmd >}}", 7, "_none.qmd"),
     ("{{< var nobody >}}", 7, "var nobody"), ("文字<br>\n<div>", 8, "raw"), ("`x`{=html}", 7, "raw"),
     ("```{mermaid}\nx\n```", 7, "mermaid"), ("```{python}\n#| fig-width: 3\n1\n```", 7, "fig-width"),
     ("```{python}\n#| label: tbl-x\n1\n```", 7, "tbl-cap"),
     ("```{python}\n#| label: fig-x\n#| fig-cap: a\n1\n```", 7, "fig-alt"),
     ("```{python}\n1", 7, "never closed"), ("::: {.panel-tabset}\n:::", 7, "panel-tabset"),
     ("::: {.callout-note}\n:::", 7, "title="), ('::: {.content-visible when-format="pdf"}\n:::', 7, "content-visible"),
     ("\n见@tbl-x", 8, "@reference"), ("见[@tbl-x; @tbl-y]", 7, "more than the label"),
     ("`{python} a``{python} b`", 7, "beside a backtick"),
     ("# 一、题\n\n文字", 7, "for the title"), ("```{python}\n1\n```\n\n# 一、题", 11, "for the title"),
     ("[//]: # (no)\n\n```{python}\n1\n```\n\n# 一、题", 13, "for the title"),
     ("`{r} 1`", 7, "inline r"), ("```{python}\n#| label: lst-x\n1\n```", 7, "lst-x")],
)  # fmt: skip
def test_what_is_outside_is_refused_with_file_and_line(tmp_path: Path, body: str, line: int, words: str) -> None:
    path = tmp_path / "x.qmd"
    path.write_text(HEAD + body + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=words) as error:
        read(path)
    assert str(error.value).startswith(f"x.qmd:{line}:")


def test_a_comment_keeps_a_heading_from_being_the_title(tmp_path: Path) -> None:
    path = tmp_path / "x.qmd"
    path.write_text(HEAD + f"```{{python}}\n1\n```\n\n{NO_TITLE}\n\n# 一、题\n", encoding="utf-8")
    assert [cell.code for cell in read(path).cells] == ["1"]


@pytest.mark.parametrize(
    "extra", ["execute: {freeze: auto}", "format: {pdf: default}", "format: {html: {theme: cosmo, toc: 1}}"]
)
def test_front_matter_outside_is_refused(tmp_path: Path, extra: str) -> None:
    path = tmp_path / "x.qmd"
    path.write_text(HEAD.replace("---\ntitle", f"---\n{extra}\ntitle"), encoding="utf-8")
    with pytest.raises(UsageError, match="outside the subset"):
        read(path)


def test_project_keys_outside_are_refused(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("lang: zh-CN\nbibliography: x.bib\n", encoding="utf-8")
    with pytest.raises(UsageError, match="bibliography"):
        read_project(tmp_path)


QUARTO_FAILED = """
Executing 'x.quarto_ipynb'
  Cell 3/5: 'tbl-a'........ERROR:

An error occurred while executing the following cell:
------------------
#| label: tbl-a
doc.table("d01_nothing")
------------------

\x1b[0;31m---------------------------------------------------------------------------\x1b[0m
\x1b[0;31mUsageError\x1b[0m                                Traceback (most recent call last)
Cell In[4], line 2
----> 2 doc.table("d01_nothing")

\x1b[0;31mUsageError\x1b[0m: this edition has no table report.d01_nothing

WARN: Error encountered when rendering files
"""


@pytest.mark.parametrize(
    ("output", "said"),
    [(QUARTO_FAILED, "x.qmd:12: quarto: UsageError: this edition has no table report.d01_nothing"),
     ("ModuleNotFoundError: No module named 'papermill'\nWARN: Error encountered when rendering files",
      "x.qmd: quarto: ModuleNotFoundError: No module named 'papermill'"),
     ("ERROR: Validation of YAML failed.", "x.qmd: quarto: ERROR: Validation of YAML failed."),
     ("Output created: x.html", "")],
)  # fmt: skip
def test_errors_of_quarto_are_told_with_cause_and_line(tmp_path: Path, output: str, said: str) -> None:
    path = tmp_path / "x.qmd"
    cells = "```{python}\nfrom ehpilot.reporting import document\n```\n\n```{python}\n#| label: tbl-a\n#| tbl-cap: 题\n"
    path.write_text(HEAD + "文字\n" + cells + 'doc.table("d01_nothing")\n```\n', encoding="utf-8")
    assert told(read(path), output) == said


def test_quartos_copy_gives_the_pdf_its_title(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("[!_]*.qmd"))
    (project / "x.qmd").write_text(HEAD + "文字\n", encoding="utf-8")
    engine = QuartoEngine(project, "quarto")
    try:
        copy = engine.project / "x.qmd"
        (header,) = front_matter(copy)["format"]["typst"]["include-in-header"]
        assert (engine.project / header).read_text(encoding="utf-8") == '#set document(title: "题")\n'
        assert copy.read_text(encoding="utf-8").count("文字") == 1
    finally:
        engine.close()


REPORTS = ("d03_monitoring_report", "d04_risk_assessment_report", "d11_petrochemical_assessment_method")


@pytest.mark.parametrize("stem", REPORTS)
def test_a_technical_report_has_its_front_and_its_references(stem: str) -> None:
    source = read(PROJECT / f"{stem}.qmd")
    code = "\n".join(cell.code for cell in source.cells)
    assert "doc.report_front()" in code and "doc.references()" in code
    listed = captions(str(source.meta["document-id"]))
    assert [label for label, _ in listed] == [cell.label for cell in source.cells if cell.label]
    assert all(caption for _, caption in listed)


def test_the_statistics_of_every_site_stand_in_the_workbook_and_not_on_paper() -> None:
    text = (PROJECT / "d03_monitoring_report.qmd").read_text(encoding="utf-8")
    assert 'doc.workbook("d03_annex"' in text and 'doc.table("d03_annex"' not in text
