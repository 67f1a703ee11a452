"""Workbooks as people make them: hidden rows, merges, formulas, dates, numbers as text; old .xls; hostile ones."""

import datetime
import io
import struct
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.landing.folder.sniff import sniff
from ehpilot.landing.grid import FileRefused, spread_merged
from ehpilot.landing.readers.cell_text import percent_text, text_column
from ehpilot.landing.readers.choose import open_grids
from ehpilot.landing.readers.sniffed import Sniffed
from tests.landing.xls_file import write_xls


@pytest.fixture
def con():
    with duckdb.connect() as connection:
        yield connection


def grids_of(con, path):
    found = sniff(path)
    assert found.error == "", found.message
    return list(open_grids(con, path, found))


def rows_of(con, grid, **options):
    return con.execute(f"select * from {grid.load(**options)}").fetchall()


def written(tmp_path, fill):
    """A workbook that ``fill`` wrote with openpyxl (which writes formulas without cached values)."""
    book = openpyxl.Workbook()
    fill(book)
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def test_cells_become_the_texts_a_person_reads(tmp_path, con):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("数据")
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    percent = book.add_format({"num_format": "0.0%"})
    elapsed = book.add_format({"num_format": "[h]:mm"})
    sheet.write_row(0, 0, ["文本", 3, 0.1, 1e-7, 123456789012345, True])
    sheet.write_row(1, 0, ["  ３ \n换行", -3.0, 1 / 3, 1e22, 0, False])
    sheet.write_datetime(2, 0, datetime.datetime(2025, 3, 1), date)
    sheet.write_datetime(2, 1, datetime.datetime(2025, 3, 1, 13, 0), moment)
    sheet.write_number(2, 2, 0.456, percent)
    sheet.write_number(2, 3, 0.07, percent)
    sheet.write_number(2, 4, 1.0, elapsed)
    sheet.write_string(2, 5, "45717")
    book.close()
    (grid,) = grids_of(con, path)
    assert (grid.name, grid.n_rows, grid.n_columns) == ("数据", 3, 6)
    assert rows_of(con, grid) == [
        (1, "文本", "3", "0.1", "1e-7", "123456789012345", "TRUE"),
        (2, "  ３ \n换行", "-3", "0.3333333333333333", "1e+22", "0", "FALSE"),
        (3, "2025-03-01", "2025-03-01 13:00:00", "45.6%", "7%", "24:00:00", "45717"),
    ]
    assert grid.head[2][0] == "2025-03-01"


def test_rows_have_the_numbers_of_the_sheet(tmp_path, con):
    path = written(tmp_path, lambda book: (book.active.__setitem__("B3", "标题"), book.active.__setitem__("C6", 1)))
    (grid,) = grids_of(con, path)
    rows = rows_of(con, grid)
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[2] == (3, None, "标题", None)
    assert rows[5] == (6, None, None, "1")


def test_hidden_rows_and_columns_are_told(tmp_path, con):
    def fill(book):
        sheet = book.active
        for row in range(1, 7):
            sheet.append([row, row * 2, row * 3])
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["B"].hidden = True

    (grid,) = grids_of(con, written(tmp_path, fill))
    assert (grid.hidden_rows, grid.hidden_columns) == ([3, 5], [1])
    assert len(rows_of(con, grid)) == 6


def test_formulas_without_cached_value_are_told(tmp_path, con):
    def fill(book):
        book.active.append([1, "=A1*2", "x"])
        book.active.append([2, "=A2*2", '="a"&"b"'])

    (grid,) = grids_of(con, written(tmp_path, fill))
    assert sorted(grid.formulas_without_value) == [(1, 1), (2, 1), (2, 2)]
    assert rows_of(con, grid)[0][:3] == (1, "1", None)


def test_formulas_with_cached_value_give_it(tmp_path, con):
    cells = ('<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>IF(1,"","x")</f><v></v></c>'
             '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>')  # fmt: skip
    xml = sheet_xml(f'<sheetData><row r="1">{cells}</row></sheetData>')
    path = patched(written(tmp_path, lambda book: None), {"xl/worksheets/sheet1.xml": xml})
    (grid,) = grids_of(con, path)
    assert grid.formulas_without_value == []
    assert rows_of(con, grid)[0] == (1, "2", None, "#DIV/0!")


def test_merged_cells(tmp_path, con):
    def fill(book):
        sheet = book.active
        for row in (
            ["标题", None, None],
            ["编号", "限值", None],
            [None, "第一年", "第二年"],
            ["A", 1, 2],
            [None, 3, 4],
            ["B", 5, 6],
        ):
            sheet.append(row)
        for cells in ("A1:C1", "A2:A3", "B2:C2", "A4:A5"):
            sheet.merge_cells(cells)

    (grid,) = grids_of(con, written(tmp_path, fill))
    assert sorted(grid.merged) == [(1, 0, 1, 2), (2, 0, 3, 0), (2, 1, 2, 2), (4, 0, 5, 0)]
    assert [row[1] for row in rows_of(con, grid)] == ["标题", "编号", None, "A", None, "B"]
    assert spread_merged(grid.head[:3], grid.merged)[1:] == [["编号", "限值", "限值"], ["编号", "第一年", "第二年"]]


def test_sheets_keep_their_order_and_hidden_ones_are_marked(tmp_path, con):
    def fill(book):
        book.active.title = "治理设施运行"
        book.create_sheet("实际排放量").append(["a"])
        book.create_sheet("隐藏 & <表>").append(["b"])
        book["隐藏 & <表>"].sheet_state = "hidden"
        book["隐藏 & <表>"].row_dimensions[1].hidden = True

    grids = grids_of(con, written(tmp_path, fill))
    assert [(grid.name, grid.is_hidden, grid.n_rows) for grid in grids] == [
        ("治理设施运行", False, 0), ("实际排放量", False, 1), ("隐藏 & <表>", True, 1)
    ]  # fmt: skip
    assert grids[2].hidden_rows == [1]
    assert rows_of(con, grids[0]) == []


def test_two_relations_live_side_by_side(tmp_path, con):
    first, second = grids_of(
        con, written(tmp_path, lambda book: (book.active.append(["x"]), book.create_sheet("b").append(["y"])))
    )
    names = first.load(), second.load()
    assert con.execute(f"select a.c0, b.c0 from {names[0]} a, {names[1]} b").fetchall() == [("x", "y")]
    first.release()
    assert con.execute(f"select c0 from {names[1]}").fetchall() == [("y",)]


def patched(path, changes):
    """The workbook with parts replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as sink:
        for info in source.infolist():
            if info.filename not in changes:
                sink.writestr(info.filename, source.read(info.filename))
        for name, content in changes.items():
            sink.writestr(name, content)
    Path(path).write_bytes(target.getvalue())
    return path


def sheet_xml(body):
    return f'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{body}</worksheet>'


def test_macros_and_external_links_are_neither_run_nor_followed(tmp_path, con):
    path = patched(written(tmp_path, lambda book: book.active.append([1])), {
        "xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        "xl/worksheets/sheet1.xml": sheet_xml(
            '<sheetData><row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>7</v></c></row></sheetData>'
        ),
    })  # fmt: skip
    (grid,) = grids_of(con, path)
    assert rows_of(con, grid) == [(1, "7")]


def test_two_cells_far_apart_do_not_fill_the_memory(tmp_path, con):
    far = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    body = f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{far}</sheetData>'
    path = patched(written(tmp_path, lambda book: None), {"xl/worksheets/sheet1.xml": sheet_xml(body)})
    with pytest.raises(FileRefused) as refusal:
        grids_of(con, path)
    assert refusal.value.code == "FILE-TOO-LARGE"


def test_formatted_but_empty_cells_do_not_count(tmp_path, con):
    body = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    )
    path = patched(written(tmp_path, lambda book: None), {"xl/worksheets/sheet1.xml": sheet_xml(body)})
    (grid,) = grids_of(con, path)
    assert rows_of(con, grid)[0] == (1, "1")


def test_more_than_five_million_cells(tmp_path, con):
    rows = "".join(f'<row r="{r}">' + "<c><v>1</v></c>" * 1000 + "</row>" for r in range(1, 5002))
    path = patched(
        written(tmp_path, lambda book: None), {"xl/worksheets/sheet1.xml": sheet_xml(f"<sheetData>{rows}</sheetData>")}
    )
    with duckdb.connect() as connection, pytest.raises(FileRefused) as refusal:
        list(open_grids(connection, path, Sniffed(kind="xlsx")))
    assert refusal.value.code == "FILE-TOO-LARGE"
    assert "csv" in refusal.value.message


def test_a_workbook_whose_sheet_is_broken_inside(tmp_path, con):
    path = written(tmp_path, lambda book: [book.active.append(["x" * 50, number]) for number in range(2000)])
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    content[info.header_offset + 200 : info.header_offset + 400] = b"\x00" * 200
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refusal:
        grids_of(con, path)
    assert refusal.value.code == "FILE-TRUNCATED"


def test_prefixed_xml_of_other_writers(tmp_path, con):
    xml = ('<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
           '<x:row r="1" hidden="1"><x:c r="A1"><x:v>7</x:v></x:c><x:c r="B1"><x:f>A1</x:f></x:c></x:row>'
           "</x:sheetData></x:worksheet>")  # fmt: skip
    path = patched(written(tmp_path, lambda book: None), {"xl/worksheets/sheet1.xml": xml})
    (grid,) = grids_of(con, path)
    assert (grid.hidden_rows, grid.formulas_without_value) == ([1], [(1, 1)])


def test_old_xls(tmp_path, con):
    path = tmp_path / "a.xls"
    write_xls(path, "点位表", [["编号", "值"], ["A1", 3.0], ["B2", 0.25]], hidden_rows={2})
    (grid,) = grids_of(con, path)
    assert (grid.kind, grid.name) == ("xls", "点位表")
    assert rows_of(con, grid) == [(1, "编号", "值"), (2, "A1", "3"), (3, "B2", "0.25")]
    assert grid.hidden_rows == [2]


CELL = st.one_of(
    st.just(""), st.text(alphabet="ab点 \n", max_size=4), st.booleans(), st.integers(-(10**9), 10**9).map(float),
    st.floats(allow_nan=False, allow_infinity=False), st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 1, 1)),
    st.datetimes(datetime.datetime(1950, 1, 1), datetime.datetime(2090, 1, 1)).map(lambda d: d.replace(microsecond=0)),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(CELL, max_size=30))
def test_a_column_of_mixed_cells_reads_back(cells):
    texts = text_column(cells).to_pylist()
    for cell, text in zip(cells, texts, strict=True):
        if cell == "" and not isinstance(cell, bool | float):
            assert text is None
        elif isinstance(cell, bool):
            assert text == str(cell).upper()
        elif isinstance(cell, float):
            assert float(text) == cell
            assert cell != int(cell) or abs(cell) >= 2**63 or "." not in text
        elif isinstance(cell, str):
            assert text == cell
        else:
            assert type(cell).fromisoformat(text) == cell


@given(st.integers(0, 10**6))
def test_percent_texts_are_exact(ten_thousandths):
    assert float(percent_text(ten_thousandths / 10_000).rstrip("%")) == ten_thousandths / 100


def test_the_mini_writer_is_a_real_compound_file(tmp_path):
    write_xls(tmp_path / "a.xls", "S", [["x"]])
    assert (tmp_path / "a.xls").read_bytes()[:4] == struct.pack("<I", 0xE011CFD0)
