"""Delimited text: no record is lost, cut or padded, and row numbers are those of a spreadsheet. Both engines."""

import csv
import io

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.landing.folder.sniff import sniff
from ehpilot.landing.grid import FileRefused
from ehpilot.landing.readers.choose import open_grids

ENGINES = pytest.mark.parametrize("engine", ["small", "large"])


def open_one(con, path, engine, **options):
    limit = {"small_file_bytes": 0} if engine == "large" else {}
    return next(iter(open_grids(con, path, sniff(path), {**limit, **options})))


def read(tmp_path, content, engine="small", first_row=None, n_columns=None, **options):
    """Rows as (row number, texts…), rejects as (row number, code, text), blank rows."""
    path = tmp_path / "data [1]*?.csv"  # a name that is a pattern for DuckDB
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with duckdb.connect() as con:
        grid = open_one(con, path, engine, **options)
        rows = con.execute(f"select * from {grid.load(first_row, n_columns)}").fetchall()
        rejects = [(r["row_number"], r["code"], r["text"]) for r in grid.rejects.to_pylist()]
        blanks = grid.blank_rows.tolist()
        grid.release()
        assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)
        return rows, rejects, blanks


@ENGINES
def test_plain(tmp_path, engine):
    rows, rejects, blanks = read(tmp_path, "编号,值\na,1\nb,\n", engine)
    assert rows == [(1, "编号", "值"), (2, "a", "1"), (3, "b", None)]
    assert (rejects, blanks) == ([], [])


@ENGINES
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blank_lines_count_as_rows(tmp_path, engine, end):
    rows, rejects, blanks = read(tmp_path, end.join(["a,b", "", "1,2", "", "", "3,4", "   ", "5,6", "", ""]), engine)
    assert [row[0] for row in rows] == [1, 3, 6, 8]
    assert blanks == [2, 4, 5, 7, 9]
    assert rejects == []


@ENGINES
def test_wrong_field_counts_are_rejects_with_their_text(tmp_path, engine):
    rows, rejects, _ = read(tmp_path, "a,b,c\n1,2,3\n4,5\n6,7,8,9\n\n7,8,9\n10,11,,,12\n", engine)
    assert rows == [(1, "a", "b", "c"), (2, "1", "2", "3"), (6, "7", "8", "9")]
    assert rejects == [(3, "FIELD-COUNT", "4,5"), (4, "FIELD-COUNT", "6,7,8,9"), (7, "FIELD-COUNT", "10,11,,,12")]


@ENGINES
def test_trailing_empty_fields_are_no_fault(tmp_path, engine):
    rows, rejects, _ = read(tmp_path, "a,b\n1,2,\n3,4,,\n", engine, n_columns=2)
    assert rows == [(1, "a", "b"), (2, "1", "2"), (3, "3", "4")]
    assert rejects == []


@ENGINES
def test_quoted_line_breaks_and_doubled_quotes(tmp_path, engine):
    rows, rejects, _ = read(tmp_path, 'a,b\n"x\ny","he said ""no"""\n"u,v",2\n3\n"",5\n', engine)
    assert rows == [(1, "a", "b"), (2, "x\ny", 'he said "no"'), (3, "u,v", "2"), (5, None, "5")]
    assert rejects == [(4, "FIELD-COUNT", "3")]


@ENGINES
def test_a_line_break_in_a_cell_of_a_windows_file(tmp_path, engine):
    rows, _, _ = read(tmp_path, 'a,b\r\n"x\ny",1\r\n2,3\r\n', engine)
    assert rows == [(1, "a", "b"), (2, "x\ny", "1"), (3, "2", "3")]


@ENGINES
@pytest.mark.parametrize("content", ['a,b\n1,"2\n3,4\n', 'a,b\n1,2\n3,"4'])
def test_an_unclosed_quote_is_a_truncated_file(tmp_path, engine, content):
    with pytest.raises(FileRefused) as refusal:
        read(tmp_path, content, engine)
    assert refusal.value.code == "FILE-TRUNCATED"


@ENGINES
def test_a_file_that_breaks_off_in_a_record(tmp_path, engine):
    rows, rejects, _ = read(tmp_path, "a,b,c\n1,2,3\n4,5", engine)
    assert [row[0] for row in rows] == [1, 2]
    assert rejects == [(3, "FIELD-COUNT", "4,5")]


@ENGINES
def test_stray_quotes_inside_a_field_are_text(tmp_path, engine):
    rows, rejects, _ = read(tmp_path, 'a,b\n5" pipe,1\nx,2\n6" pipe,3\n', engine)
    assert rows == [(1, "a", "b"), (2, '5" pipe', "1"), (3, "x", "2"), (4, '6" pipe', "3")]
    assert rejects == []


@ENGINES
def test_text_behind_a_closing_quote_is_a_reject_not_a_changed_value(tmp_path, engine):
    rows, rejects, _ = read(tmp_path, 'a,b\n"5" pipe,1\nx,2\n', engine)
    assert rows == [(1, "a", "b"), (3, "x", "2")]
    assert rejects == [(2, "FIELD-COUNT", '"5" pipe,1')]


@ENGINES
@pytest.mark.parametrize("content", ["a,b\r1,2\r3,4\r", "a,b\r\n1,2\n3,4\r\n", "a,b\n1,2\r\n3,4"])
def test_other_line_ends(tmp_path, engine, content):
    rows, rejects, _ = read(tmp_path, content, engine)
    assert rows == [(1, "a", "b"), (2, "1", "2"), (3, "3", "4")]
    assert rejects == []


@ENGINES
def test_preamble_and_signatures_of_other_widths(tmp_path, engine):
    content = (
        "检测报告\n检测机构：某检测公司,编号 7\n\n编号,时间,值\nA,2025-03-01,1\nB,2025-03-02,2\n"
        "注：以上数据仅供演示\n检测：张三,审核：李四\n"
    )
    rows, rejects, blanks = read(tmp_path, content, engine)
    assert [row[0] for row in rows] == [4, 5, 6]
    assert rejects == [(7, "FIELD-COUNT", "注：以上数据仅供演示"), (8, "FIELD-COUNT", "检测：张三,审核：李四")]
    assert 3 in blanks


@ENGINES
def test_the_head_shows_the_preamble(tmp_path, engine):
    path = tmp_path / "a.csv"
    path.write_text("检测报告\n\n编号,值\nA,1\n", "utf-8")
    with duckdb.connect() as con:
        grid = open_one(con, path, engine)
        assert grid.head == [["检测报告"], ["编号", "值"], ["A", "1"]]
        assert grid.head_rows == [1, 3, 4]


@ENGINES
def test_first_row_and_width_come_from_the_form(tmp_path, engine):
    rows, rejects, _ = read(tmp_path, "t,u\nx,y\na,b,c\n1,2,3\n4,5\n", engine, first_row=4, n_columns=3)
    assert rows == [(4, "1", "2", "3")]
    assert rejects == [(5, "FIELD-COUNT", "4,5")]


@ENGINES
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_found(tmp_path, engine, delimiter):
    rows, _, _ = read(tmp_path, f"a{delimiter}b\n1,5{delimiter}2\n" if delimiter != "," else "a,b\n1;5,2\n", engine)
    assert len(rows[1]) == 3


@ENGINES
def test_a_given_delimiter_wins(tmp_path, engine):
    rows, _, _ = read(tmp_path, "a;b,c;d\n1;2,3;4\n", engine, delimiter=",")
    assert rows[0] == (1, "a;b", "c;d")


@ENGINES
@pytest.mark.parametrize("codec", ["gbk", "gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_encodings_give_the_same_rows(tmp_path, engine, codec):
    rows, _, _ = read(tmp_path, "编号,污染物\nA,苯\nB,甲苯\n".encode(codec), engine)
    assert rows == [(1, "编号", "污染物"), (2, "A", "苯"), (3, "B", "甲苯")]


@ENGINES
def test_one_column(tmp_path, engine):
    rows, rejects, blanks = read(tmp_path, "编号\nA\n\nB\n", engine)
    assert rows == [(1, "编号"), (2, "A"), (4, "B")]
    assert (rejects, blanks) == ([], [3])


@ENGINES
def test_hostile_texts_stay_texts(tmp_path, engine):
    rows, _, _ = read(tmp_path, "=cmd|' /C calc'!A0,<script>\n'; drop table x; --,NULL\n", engine)
    assert rows == [(1, "=cmd|' /C calc'!A0", "<script>"), (2, "'; drop table x; --", "NULL")]


@ENGINES
def test_a_field_of_five_megabytes(tmp_path, engine):
    rows, _, _ = read(tmp_path, f"a,b\n{'x' * 5_000_000},1\n", engine)
    assert len(rows[1][1]) == 5_000_000


def test_many_breaks_in_the_row_numbers_of_a_large_file(tmp_path):
    lines = [f"{i},x" if i % 3 else "" for i in range(1, 2001)]
    rows, _, blanks = read(tmp_path, "\n".join(lines), "large")
    assert all(int(row[1]) == row[0] for row in rows)
    assert len(rows) + len(blanks) == 2000


def test_a_large_file_goes_to_the_disk_of_a_file_database(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 1000, "utf-8")
    with duckdb.connect(tmp_path / "w.duckdb") as con:
        grid = open_one(con, path, "large")
        relation = grid.load()
        assert grid.engine == "duckdb"
        assert con.execute("select schema_name from duckdb_tables()").fetchall() == [("landing_scratch",)]
        assert con.execute(f"select count(*), max(row_number) from {relation}").fetchone() == (1001, 1001)
        assert grid.load() == relation
        grid.release()
        assert con.execute(
            "select count(*) from duckdb_schemas() where schema_name = 'landing_scratch'"
        ).fetchone() == (0,)


FIELD = st.text(alphabet='ab1 ,"\n点', max_size=5)


def as_csv(records, line_end):
    target = io.StringIO()
    writer = csv.writer(target, lineterminator=line_end)
    for record in records:
        writer.writerow(record)
    return target.getvalue()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.lists(FIELD, min_size=3, max_size=3), st.lists(FIELD, max_size=5)), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
)
def test_both_engines_account_for_every_record_as_the_csv_module_does(tmp_path_factory, records, line_end):
    """Recounts with Python's csv module: each of its records is a row, a reject or a blank, under its own number."""
    folder = tmp_path_factory.mktemp("csv")
    text = as_csv([["h1", "h2", "h3"], *records], line_end)
    expected = list(csv.reader(io.StringIO(text, newline="")))
    results = []
    for engine in ("small", "large"):
        rows, rejects, blanks = read(folder, text, engine, first_row=1, n_columns=3)
        assert [tuple(field or "" for field in row[1:]) for row in rows] == [
            tuple(expected[row[0] - 1][:3]) for row in rows
        ]
        assert sorted([*(row[0] for row in rows), *(r[0] for r in rejects), *blanks]) == list(
            range(1, len(expected) + 1)
        )
        assert all(not "".join(expected[number - 1]).strip() for number in blanks)
        assert all(len(expected[number - 1]) != 3 for number, _, _ in rejects)
        results.append((rows, rejects, blanks))
    assert results[0] == results[1]


@pytest.mark.parametrize("content", [
    "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n\n1,2\n", 'a,b\n"x\ny",2\n', "a,b\n1\n2,3\n", "标题\n\na,b\n1,2\n注：无\n",
    'a,b\r\n"x\ny",2\r\n',
])  # fmt: skip
def test_regular_files_need_no_second_reading(tmp_path, content):
    """The reference engine is ten times slower: a regular big file must not fall back to it."""
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode())
    with duckdb.connect() as con:
        grid = open_one(con, path, "large")
        grid.load(n_columns=2)
        assert grid.engine == "duckdb"
