"""One tiny edition with hostile texts and one document of it, rendered once in every format and both versions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from ehpilot.publish import edition as publishing
from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting.press import FORMATS, Press
from ehpilot.reporting.project import ANNEX, PROJECT
from tests.publish.editions import copy
from tests.publish.tiny_warehouse import make_warehouse

# Each would do something if it were read as a mark: HTML, formulas, shortcodes, Markdown, Typst, templates, XML.
HOSTILE = [
    "<script>alert('x')</script>", "=cmd|' /C calc'!A0", "{{< include /etc/passwd >}}", "{{ 7*7 }}",
    "*强调* _x_ `code`",
    "$x^2$ #eval(\"1\") #set page(fill: red)", "| 列 | 列 |", "[链接](http://example.invalid)", "![图](x.png)",
    "# 标题", "1. 一", "- 项", "@tbl-list", "a\\nb \\\\ $$", "&lt;b&gt; &amp;", "\x07铃\x00", "// 注释 /* */", "= 标题",
    "\"引'号\"", "x^2^ y~2~ ...", "::: {.wide}", "+1-2", "`{=html}<b>`",
    "[^1] ^[脚注]", "<https://example.invalid>", "见 @fig-air [-@eq-risk]", "\\(x\\) \\newpage",
    "#link(\"x\")[y] $ y $",
    "-- 破折 --- ‐", "@SUM(A1)", "<!-- 注释 --> <?x?>", "{{% include x %}} {% raw %}", "`r 1+1` `{python} 1+1`",
]  # fmt: skip


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny edition with a row for every hostile text."""
    out = tmp_path_factory.mktemp("reports")
    warehouse = make_warehouse(out / "warehouse.duckdb", 1)
    with duckdb.connect(str(warehouse)) as connection:
        for number, text in enumerate(HOSTILE, start=2):
            connection.execute(
                "insert into report.d01_pollutant values (?, ?, ?, ?, ?)",
                [number, f"P{number}", text, number / 7, [text]],
            )
    building = publishing.begin(out, 1)
    copy(warehouse, building)
    return publishing.seal(building)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's shared parts with the test's own document in place of the official ones."""
    folder = tmp_path_factory.mktemp("project") / "quarto_reports"
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("[!_]*.qmd"))
    shutil.copy(PROJECT / ANNEX, folder / ANNEX)
    shutil.copy(Path(__file__).parent / "documents" / "tiny.qmd", folder / "tiny.qmd")
    return folder


@pytest.fixture(scope="session")
def press(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """A press with one kernel for the whole session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EHPILOT_ENGINE", "embedded")  # also where Quarto is installed; its own test compares the two
        with Press(project, tmp_path_factory.mktemp("pictures")) as found:
            assert "内置" in found.engine.name
            yield found


@pytest.fixture(scope="session")
def results(press: Press, edition: Path, tmp_path_factory: pytest.TempPathFactory) -> list[DocumentResult]:
    """What rendering the document gave."""
    return press.render("D01", edition, tmp_path_factory.mktemp("made"), FORMATS)


@pytest.fixture(scope="session")
def made(results: list[DocumentResult]) -> dict[str, Path]:
    """Its files by format."""
    assert [(r.format, r.state, r.reason) for r in results if r.state != "draft"] == []
    return {result.format: result.path for result in results if result.path}
