"""A csv too big for memory goes another way and ends in the same rows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ehpilot.kernels.identity import credit_code_check_character
from ehpilot.landing import source_load
from ehpilot.landing.readers import csv_duckdb, csv_text
from ehpilot.landing.rows import bulk_csv
from tests.landing.intake_kit import Kit, column, raw_table

TABLE = raw_table(
    "site_hour",
    ["code", "at"],
    [column("code", "name"), column("at", "timestamp"), column("value", "measurement"),
    column("value_text", "companion"),
     column("p", "pollutant"), column("person", "personal")],
    provenance="series",
)  # fmt: skip
FORM: dict[str, Any] = {
    "form_id": "e",
    "files": ["*"],
    "parts": [{"table": "site_hour", "columns": {
        "code": {"aliases": ["编号"], "required": True}, "at": {"aliases": ["时间"], "required": True},
        "value": {"aliases": ["数值"]}, "p": {"aliases": ["物质"]}, "person": {"aliases": ["值班"]},
    }}],
}  # fmt: skip


def _lines() -> list[str]:
    lines = ["小时数据,,,,", "编号,时间,数值,物质,值班"]
    for n in range(3000):
        day, hour = n // 24 % 28 + 1, n % 24
        value = {17: "--", 18: "<0.5", 19: "坏", 20: "2(H)"}.get(n % 1000, f"{n % 50}.5")
        lines.append(f"S{n // 672},2025-01-{day:02d} {hour:02d}:00,{value},{'苯' if n % 700 else '氪石'},张三")
    lines[50:50] = ["", "编号,时间,数值,物质,值班", "多,一,列,,,x,", "合计,,9,,"]
    lines += [lines[100], "", "注：完", "", ""]
    return lines


def _load(folder: Path) -> Kit:
    kit = Kit(folder, [TABLE], [FORM])
    kit.csv("a.csv", _lines())
    kit.load()
    return kit


def _watch(monkeypatch: pytest.MonkeyPatch) -> list[bulk_csv.BulkRows | None]:
    """Read csv as large ones are read; the answers of the bulk way."""
    monkeypatch.setattr(csv_text, "SMALL_FILE_BYTES", 1000)
    found: list[bulk_csv.BulkRows | None] = []
    original = bulk_csv.load_bulk_csv

    def watched(*arguments: Any) -> bulk_csv.BulkRows | None:
        found.append(original(*arguments))
        return found[-1]

    monkeypatch.setattr(source_load, "load_bulk_csv", watched)
    return found


def _same(large: Kit, small: Kit) -> None:
    for sql in (
        "select * from raw.site_hour order by _file_no, _row",
        "select * from intake.source_file",
        "select * from intake.quarantine order by quarantine_id",
        "select * from intake.skipped order by record_id",
        "select * from intake.file_column order by all",
    ):
        assert large.rows(sql) == small.rows(sql)


def test_large_and_small_give_the_same_rows_and_books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = _load(tmp_path / "small")
    way = _watch(monkeypatch)
    large = _load(tmp_path / "large")
    assert way[0] is not None and way[0].count > 2900
    _same(large, small)
    read, loaded, quarantined, skipped = large.counts()["site/a.csv"]
    assert (read, skipped) == (
        3007,
        6,
    )  # 3000 rows, one copied, one too wide; two blanks, a header, a total, a note, the copy
    assert loaded + quarantined == 3001
    assert (
        large.rows("select _row from raw.site_hour where code = 'S4' order by 1 limit 1")[0][0] == 2 + 4 * 672 + 1 + 4
    )
    assert large.rows(
        "select count(*) from duckdb_tables() where schema_name in ('landing_stage', 'landing_scratch')"
    ) == [(0,)]


@pytest.mark.parametrize(("late", "times"), [(100, 1), (2000, 2)])
def test_words_that_no_stretch_told_end_in_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: int, times: int
) -> None:
    """Few of them go the way of the rows that are not plain; for many the file is learned and read again."""
    lines = ["编号,时间,数值,物质,值班"]
    for n in range(6000):
        substance = "甲苯" if 3500 <= n < 3500 + late else "苯"
        moment = f"2025-01-{n // 1440 + 1:02d} {n // 60 % 24:02d}:{n % 60:02d}"
        lines.append(f"S1,{moment},{n % 50}.5,{substance},张三")

    def load(folder: Path) -> Kit:
        kit = Kit(folder, [TABLE], [FORM])
        kit.csv("a.csv", lines)
        kit.load()
        return kit

    small = load(tmp_path / "small")
    way = _watch(monkeypatch)
    monkeypatch.setattr(bulk_csv, "SAMPLE_ROWS", 500)
    monkeypatch.setattr(csv_duckdb, "STRETCHES", 2)
    monkeypatch.setattr(csv_duckdb, "STRETCH_BYTES", 2000)
    poured: list[str] = []
    pour = csv_duckdb.LargeCsv.pour
    monkeypatch.setattr(csv_duckdb.LargeCsv, "pour", lambda *given: (poured.append("once"), pour(*given))[1])
    large = load(tmp_path / "large")
    assert len(poured) == times
    assert way[0] is not None and way[0].count == (6000 - late if times == 1 else 6000)
    _same(large, small)


def test_a_large_file_that_breaks_off_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "SMALL_FILE_BYTES", 1000)
    kit = Kit(tmp_path, [TABLE], [FORM])
    kit.csv("a.csv", [*_lines(), 'S9,"2025-01-01'])
    kit.csv("b.csv", _lines()[:200])
    kit.load()
    counts = kit.counts()
    assert counts["site/a.csv"] == (1, 0, 1, 0)
    assert counts["site/b.csv"][1] > 150
    ((code,),) = kit.rows("select reason_code from intake.quarantine where file_no = 1")
    assert re.match("FILE-", code)


def test_files_that_cannot_go_in_bulk_end_in_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = _load(tmp_path / "small")
    way = _watch(monkeypatch)
    for name, module, limit, value in (
        ("others", bulk_csv, "MAX_SHARE", 0.0),
        ("words", bulk_csv, "MAX_WORDS", 1),
        ("pieces", csv_duckdb, "MAX_PIECES", 1),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, limit, value)
            large = _load(tmp_path / name)
        assert way.pop() is None
        _same(large, small)
        large.con.execute("set preserve_insertion_order = false")
        large.load()
        assert way.pop() is None
        _same(large, small)
    large.con.execute("set preserve_insertion_order = true; set threads = 1")
    large.load()
    assert way.pop() is not None
    _same(large, small)


def test_several_large_files_of_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by its own header, one breaking off, one the copy of another, one of which no row is plain."""

    def load(folder: Path) -> Kit:
        kit = Kit(folder, [TABLE], [FORM])
        lines = _lines()
        kit.csv("a.csv", lines)
        kit.csv("b.csv", lines)
        kit.csv(
            "c.csv", ["时间,编号,数值", *(f"2024-02-01 {n % 24:02d}:00,T{n // 24},{n}" for n in range(2000)), "", ""]
        )
        kit.csv("d.csv", ["编号,时间,数值", *(f"U{n},2024/2/1 0:00,{n}" for n in range(500)), "注：完"])
        kit.csv("e.csv", ["编号,时间,数值", *(f"V{n},2024-02-01,--" for n in range(500)), 'V,"2024'])
        kit.csv("f.csv", ["编号,时间,数值", *(f"T{n % 9},2024-02-01 00:00,{n % 9 * 24}" for n in range(500))])
        kit.load()
        return kit

    small = load(tmp_path / "small")
    way = _watch(monkeypatch)
    large = load(tmp_path / "large")
    assert sum(1 for answer in way if answer is not None) >= 3
    _same(large, small)


HOLDERS = raw_table(
    "site_holder",
    ["permit", "code", "at"],
    [column("permit", "permit_no"), column("code", "credit_code"), column("at", "timestamp"), column("v", "number")],
    provenance="series",
)


def _load_holders(folder: Path, columns: str) -> Kit:
    """Half of the rows say whose they are in one of two columns."""
    start = "91350100M000100Y4"
    code = start + credit_code_check_character(start)
    texts = [f"{code}001P,", f",{code}", f"{code}001P,{code}", ",", "--,", " ,/", "11010519491231002X001X,", "坏,--"]
    part = {"table": "site_holder", "require_any": ["permit", "code"], "columns": {
        "permit": {"aliases": ["许可证编号"]}, "code": {"aliases": ["信用代码"]}, "at": {"aliases": ["时间"]},
        "v": {"aliases": ["数值"]},
    }}  # fmt: skip
    kit = Kit(folder, [HOLDERS], [{"form_id": "h", "files": ["*"], "parts": [part]}])
    rows = [f"{texts[n % 400] if n % 400 < len(texts) else texts[0]},2025-01-01 {n // 60:02d}:{n % 60:02d},{n}"
            for n in range(1200)]  # fmt: skip
    kit.csv("a.csv", [columns, *rows])
    kit.load()
    return kit


def test_rows_that_fill_none_of_the_required_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = "许可证编号,信用代码,时间,数值"
    small = _load_holders(tmp_path / "small", header)
    way = _watch(monkeypatch)
    large = _load_holders(tmp_path / "large", header)
    assert way[0] is not None
    found = small.rows("select reason_code, count(distinct row_number) from intake.quarantine group by 1 order by 1")
    assert found == [("CODE-CHECK", 6), ("REQUIRED-EMPTY", 9)]
    assert small.rows("select count(*) from raw.site_holder") == [(1200 - 15,)]
    assert "11010519491231002X" not in repr(small.rows("select * from intake.quarantine"))
    assert small.rows("select distinct value from intake.quarantine where contains(value, '•')") == [("•••(22)",)]
    books = [
        "select * from raw.site_holder order by _row",
        "select * from intake.quarantine order by quarantine_id",
        "select records_read, records_loaded, records_quarantined from intake.source_file",
    ]
    for sql in books:
        assert large.rows(sql) == small.rows(sql)
    without = _load_holders(tmp_path / "without", "甲,乙,时间,数值")
    assert without.rows("select reason_code from intake.quarantine") == [("NO-HEADER",)]
