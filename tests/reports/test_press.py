"""The press as a whole: failures that hold up nothing, public version, gaps, what is taken over, what is inert."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import duckdb
import pypandoc
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.reading.documents import DocumentResult
from ehpilot.reporting import disclosure, document, fonts
from ehpilot.reporting.cache import RenderCache
from ehpilot.reporting.catalogue import Column
from ehpilot.reporting.engine import choose
from ehpilot.reporting.engine.embedded import EmbeddedEngine
from ehpilot.reporting.engine.tables import lift, put_back
from ehpilot.reporting.figures import Figures
from ehpilot.reporting.markdown import equation, inert, pipe_table
from ehpilot.reporting.press import Press
from ehpilot.reporting.project import PROJECT, source_hash
from ehpilot.reporting.reference_documents import FORMS, make
from ehpilot.reporting.report_table import Cell, ReportTable
from tests.reports.test_forms import text_of, visible


def test_a_broken_cell_is_reported_with_file_and_line_and_the_next_document_is_made(
    press: Press, edition: Path, project: Path, tmp_path: Path
) -> None:
    path = project / "tiny.qmd"
    kept = path.read_text(encoding="utf-8")
    try:
        path.write_text(kept.replace('doc.table("d01_list_version")', 'doc.table("d01_nothing")'), encoding="utf-8")
        (result,) = press.render("D01", edition, tmp_path, ["html"])
    finally:
        path.write_text(kept, encoding="utf-8")
    assert (result.state, result.path) == ("failed", None)
    assert result.reason.startswith("tiny.qmd:")
    assert "no table report.d01_nothing" in result.reason
    assert list(tmp_path.iterdir()) == []
    (after,) = press.render("D01", edition, tmp_path, ["html"])
    assert after.state == "draft"


def test_an_unknown_document_is_a_failure_and_no_crash(press: Press, edition: Path, tmp_path: Path) -> None:
    (result,) = press.render("D99", edition, tmp_path, ["html"])
    assert (result.state, result.path) == ("failed", None)
    assert "D99" in result.reason


def test_an_unresolved_reference_is_an_error(press: Press, edition: Path, project: Path, tmp_path: Path) -> None:
    path = project / "tiny.qmd"
    kept = path.read_text(encoding="utf-8")
    try:
        path.write_text(kept.replace("[@tbl-gap]", "[@tbl-nowhere]"), encoding="utf-8")
        (result,) = press.render("D01", edition, tmp_path, ["html"])
    finally:
        path.write_text(kept, encoding="utf-8")
    assert "unresolved reference @tbl-nowhere" in result.reason


def test_the_public_version_holds_public_columns_only(press: Press, edition: Path, tmp_path: Path) -> None:
    (result,) = press.render("D01", edition, tmp_path, ["docx"], public=True)
    assert result.path is not None
    assert result.path.stem.endswith("（公开版）")
    text = visible(text_of(result.path))
    assert "公开版不列此表" in text
    assert "5.512" not in text
    assert "（公开版略）" in text


def test_without_a_chinese_font_the_pdf_is_a_stated_gap(
    press: Press, edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> tuple[str, str]:
        raise fonts.NoChineseFontError("no Chinese font")

    monkeypatch.setattr(fonts, "print_fonts", none)
    html, pdf = press.render("D01", edition, tmp_path, ["html", "pdf"])
    assert (html.state, pdf.state, pdf.path) == ("draft", "gap", None)
    assert "no Chinese font" in pdf.reason


def test_without_a_chinese_font_a_figure_says_that_it_was_not_drawn(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = document("D01", str(edition)).bars("d01_pollutant", label="name_cn", value="emission_t", top=3)
    monkeypatch.setattr(fonts, "SANS", ("No Such Family",))
    fonts.picture_font.cache_clear()
    try:
        page = document("D01", str(edition))
        instead = page.bars("d01_pollutant", label="name_cn", value="emission_t", top=3)
    finally:
        fonts.picture_font.cache_clear()
    assert [gap.split("：")[0] for gap in page.printed.gaps] == ["本图未绘"]
    assert instead.png.startswith(b"\x89PNG")
    assert instead.png != drawn.png


def test_the_same_edition_gives_the_same_bytes(
    press: Press, edition: Path, made: dict[str, Path], tmp_path: Path
) -> None:
    again = {r.format: r.path for r in press.render("D01", edition, tmp_path, ["html", "pdf", "xlsx"])}
    assert [f for f, path in again.items() if path.read_bytes() != made[f].read_bytes()] == []


def test_a_document_is_taken_from_the_cache_only_where_nothing_changed(
    edition: Path, results: list[DocumentResult], tmp_path: Path
) -> None:
    cache = RenderCache(tmp_path / "cache", edition)
    place = cache.place("D01", ["html"])
    assert place.read(tmp_path / "a") is None
    folder = place.emptied()
    folder.mkdir(parents=True)
    (folder / "D01.html").write_text("x", encoding="utf-8")
    (folder / "D01_证据附录.html").write_text("y", encoding="utf-8")
    made = replace(results[0], path=folder / "D01.html", annexes=(folder / "D01_证据附录.html",))
    (first,) = place.keep([made], tmp_path / "a")
    again = cache.place("D01", ["html"]).read(tmp_path / "b")
    assert again is not None
    assert first.path and again[0].path
    assert first.path.read_bytes() == again[0].path.read_bytes() == b"x"
    assert [path.read_text(encoding="utf-8") for path in again[0].annexes] == ["y"]
    assert replace(again[0], path=None, annexes=()) == replace(first, path=None, annexes=())
    assert cache.place("D01", ["html"], public=True).read(tmp_path / "c") is None
    assert cache.place("D01", ["html", "docx"]).read(tmp_path / "c") is None


def test_a_failed_document_is_not_kept(edition: Path, results: list[DocumentResult], tmp_path: Path) -> None:
    place = RenderCache(tmp_path / "cache", edition).place("D01", ["html"])
    place.emptied().mkdir(parents=True)
    failed = replace(results[0], path=None, state="failed", reason="x")
    assert place.keep([failed], tmp_path) == [failed]
    assert place.read(tmp_path) is None


def test_quarto_is_named_where_it_is_asked_for_and_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EHPILOT_ENGINE", "quarto")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Exception, match="no quarto is on PATH"):
        choose(PROJECT)
    monkeypatch.delenv("EHPILOT_ENGINE")
    assert isinstance(choose(PROJECT), EmbeddedEngine)


def test_a_series_is_made_by_the_embedded_engine_unless_quarto_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "quarto"
    program.write_text("#!/bin/sh\necho 1.9.38\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.delenv("EHPILOT_ENGINE", raising=False)
    with Press() as press:
        assert press.engine.name == "Quarto 1.9.38"
        assert isinstance(press.series_engine, EmbeddedEngine)
        monkeypatch.setenv("EHPILOT_ENGINE", "quarto")
        assert press.series_engine is press.engine


@pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not installed here")
def test_real_quarto_says_the_same(
    edition: Path, project: Path, made: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EHPILOT_ENGINE", "quarto")
    with Press(project) as press:
        found = press.render("D01", edition, tmp_path, ["html", "docx", "pdf"])
    assert [result.reason for result in found if result.state != "draft"] == []
    for result in found:
        text = visible(text_of(result.path))
        for words in ("Quarto", "见表1、表2、图1和式1", "表1污染物清单", "表2名录版本", "图1排放量"):
            assert words in text, (result.format, words)
        assert "?@" not in text
        if result.format == "html":
            assert cells_of(result.path) == cells_of(made["html"])


def cells_of(path: Path) -> list[str]:
    """Texts of all table cells but the engine's own line of the annex."""
    from lxml import html

    cells = html.fromstring(path.read_bytes()).xpath("//td|//th")
    texts = [visible(cell.text_content()) for cell in cells]
    return [text for text in texts if not re.search("Quarto|内置", text)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), min_size=8, max_size=8))
def test_inert_text_is_read_as_text_by_pandoc(texts: list[str]) -> None:
    cells = [inert(text) for text in texts]
    assert all("\n" not in cell and "|" not in cell and "{{" not in cell for cell in cells)
    markdown = pipe_table([f"h{n}" for n in range(8)], [cells], [False] * 8, [cells])
    command = [pypandoc.get_pandoc_path(), "--from", "markdown", "--to", "json"]
    result = subprocess.run(command, input=markdown, capture_output=True, text=True, timeout=60, check=True)
    kinds = set(kinds_of(json.loads(result.stdout)["blocks"]))
    assert kinds <= {"Table", "Plain", "Str", "Space", "AlignDefault", "AlignLeft", "AlignCenter", "ColWidth"}


def kinds_of(node: object) -> list[str]:
    """Every element kind of a pandoc tree."""
    if isinstance(node, dict):
        found = [node["t"]] if "t" in node else []
        return found + [kind for value in node.values() for kind in kinds_of(value)]
    return [kind for item in node for kind in kinds_of(item)] if isinstance(node, list) else []


def table(rows: list[list[object]], sensitivities: list[str]) -> ReportTable:
    """A table of columns a, b … with these sensitivities."""
    columns = tuple(Column(name, "INTEGER", name, "", None, s) for name, s in zip("abc", sensitivities, strict=False))
    cells = tuple(tuple(Cell(str(value), value) for value in row) for row in rows)
    return ReportTable("report.x", "x", columns, tuple({"a": row[0]} for row in rows), cells)


def test_columns_and_rows_that_are_not_public_are_left_out_with_a_note() -> None:
    found = disclosure.public_part(table([[1, 2], [3, 4]], ["public", "enterprise"]), ["public", "enterprise"])
    assert [column.name for column in found.columns] == ["a"]
    assert [[cell.text for cell in row] for row in found.rows] == [["1"]]
    assert "企业" in found.notes[0]
    assert "1条" in found.notes[1]
    assert disclosure.public_part(table([[1]], ["government"]), None).gap == "公开版不列此表。"


def test_small_numbers_are_suppressed_with_what_would_give_them_away() -> None:
    rules = {"b": disclosure.DisclosureRule("b", 5, "public", "<5", ("c",))}
    found = disclosure.suppressed(table([[1, 4, 9], [2, 5, 9], [3, 0, 9]], ["public"] * 3), rules)
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["1", "<5", "不公开"],
        ["2", "5", "9"],
        ["3", "0", "9"],
    ]
    assert found.rows[0][1].value is None
    assert len(found.notes) == 1


@pytest.fixture
def ruled(edition: Path, tmp_path: Path) -> Path:
    """Marts with a rule: row numbers below 3 withhold the emission of their row in the public version."""
    shutil.copy(edition / "marts.duckdb", tmp_path / "marts.duckdb")
    (tmp_path / "marts.duckdb").chmod(0o644)
    with duckdb.connect(str(tmp_path / "marts.duckdb")) as connection:
        connection.execute(
            "create table meta.disclosure_rule as select 'row_no' as column_name, 3.0 as threshold, "
            "'public' as scope, '<3' as replacement, 'emission_t' as hides"
        )
    return tmp_path / "marts.duckdb"


def test_a_rule_holds_also_where_its_own_column_is_not_printed(ruled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tiny table has no public column: see what the rules alone leave.
    monkeypatch.setattr(disclosure, "public_part", lambda found, marks: found)
    with duckdb.connect(str(ruled), read_only=True) as connection:
        public, reported = (
            disclosure.disclosed(connection, "d01_pollutant", ["name_cn", "emission_t"], is_public=is_public)
            for is_public in (True, False)
        )
    assert [row[-1].text for row in public.rows[:3]] == ["不公开", "不公开", reported.rows[2][-1].text]
    assert [column.name for column in public.columns] == ["name_cn", "emission_t"]
    assert reported.rows[0][-1].text == "5.512"
    assert "2处小数量" in public.notes[0]


def test_figures_do_not_show_what_the_rules_withhold(ruled: Path) -> None:
    with duckdb.connect(str(ruled), read_only=True) as connection:
        rows = [{"row_no": 1, "emission_t": 5.5}, {"row_no": 3, "emission_t": 7.0}]
        assert disclosure.suppressed_records(connection, rows, True) == [
            {"row_no": None, "emission_t": None}, {"row_no": 3, "emission_t": 7.0},
        ]  # fmt: skip
        assert disclosure.suppressed_records(connection, rows, False) == rows


def test_a_figure_without_rows_says_so_and_is_not_blank(edition: Path) -> None:
    figure = Figures()
    figure.public = False
    with duckdb.connect(str(edition / "marts.duckdb"), read_only=True) as figure.connection:
        empty = figure.bars("d01_list_version", label="list_code", value="version_date").png
        full = figure.bars("d01_pollutant", label="name_cn", value="emission_t", top=3).png
    import io

    from PIL import Image

    for png in (empty, full):
        assert len(set(Image.open(io.BytesIO(png)).convert("L").getdata())) > 20


@pytest.mark.parametrize("form", FORMS)
def test_the_reference_documents_are_those_that_the_script_makes(tmp_path: Path, form: str) -> None:
    make(tmp_path / "made.docx", form)
    made, kept = (Document(str(path)) for path in (tmp_path / "made.docx", PROJECT / f"_brand/reference_{form}.docx"))
    assert made.styles.element.xml == kept.styles.element.xml
    assert made.element.body.xml == kept.element.body.xml


def test_characters_of_seeds_and_texts_are_in_the_font() -> None:
    from fontTools.ttLib import TTCollection, TTFont
    from matplotlib import font_manager

    root = PROJECT.parent
    files = [*root.glob("dbt/seeds/**/*.csv"), *PROJECT.glob("**/*.qmd"), *PROJECT.glob("_shared/*.yml")]
    letters = {letter for path in files for letter in path.read_text(encoding="utf-8")} | set("噁䓛㎡³²⁻⁴×℃‰")
    try:
        path = fonts.picture_font()
    except fonts.NoChineseFontError as error:
        pytest.skip(str(error))
    # Pictures fall back to matplotlib's own DejaVu Sans (``fonts.style``), PDF to what typst carries.
    faces = [*TTCollection(path).fonts, TTFont(font_manager.findfont("DejaVu Sans", fallback_to_default=False))]
    known = {number for face in faces for number in face.getBestCmap()}
    missing = {
        letter
        for letter in letters
        if letter.isprintable() and ord(letter) not in known and not 0xE000 <= ord(letter) < 0xF900
    }
    assert missing == set()
    assert "DejaVu Sans" in fonts.style()["font.sans-serif"]


def test_the_public_version_shows_no_keys_origins_or_exact_values(press: Press, edition: Path, tmp_path: Path) -> None:
    (result,) = press.render("D01", edition, tmp_path, ["html"], public=True)
    assert result.path is not None
    text = result.path.read_text(encoding="utf-8")
    body = text[: text.index("<script>")]
    assert "data-key" not in body
    assert "data-exact" not in body
    assert "inventory.emission" not in body


def test_tables_lifted_past_pandoc_are_what_pandoc_reads(edition: Path) -> None:
    from ehpilot.reporting.document_view import Document as View

    view = View("D01", edition)
    parts = ["文字", str(view.table("d01_pollutant")), str(view.record("d01_pollutant", {"row_no": 1})),
             str(view.table("d01_list_version")), "| 甲 | [链](x) |\n|---|---|\n| a | b |\n", "末"]  # fmt: skip
    text = "\n\n".join(parts)
    small, tables = lift(text)
    assert len(tables) == 3  # a table that is not of the helpers' form is left to pandoc
    command = [pypandoc.get_pandoc_path(), "--from", "markdown", "--to", "json"]
    read, whole = (
        json.loads(subprocess.run(command, input=t, capture_output=True, text=True, timeout=60, check=True).stdout)
        for t in (small, text)
    )
    put_back(read, tables)
    assert read == whole


def test_only_a_documents_own_text_decides_whether_it_is_taken_over(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(project, copy)
    (copy / "other.qmd").write_text("---\ndocument-id: D99\n---\n", encoding="utf-8")
    before = source_hash(copy, "D01"), source_hash(copy, "D99")
    (copy / "other.qmd").write_text("---\ndocument-id: D99\n---\n\n文字\n", encoding="utf-8")
    (copy / "_output").mkdir()
    (copy / "_output" / "tiny.html").write_text("x", encoding="utf-8")
    after = source_hash(copy, "D01"), source_hash(copy, "D99")
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)
    (copy / "_shared" / "_evidence.qmd").write_text("x", encoding="utf-8")
    assert source_hash(copy, "D01") != after[0]


def test_an_equation_has_its_indices_lowered_and_its_powers_raised() -> None:
    assert equation("L = L_S + L_WD") == "L &#61; L~S~ &#43; L~WD~"
    assert equation("a·SV^b_1（EPA）") == "a·SV^b^~1~（EPA）"
    assert equation("_x ^2 <b>") == "&#95;x &#94;2 &#60;b&#62;", "marks of no symbol stay marks"
