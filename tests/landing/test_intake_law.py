"""The law of the intake on any file: read = loaded + quarantined + skipped, and every row is found again in one of
them."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.landing.intake_kit import Kit, column, raw_table

TABLE = raw_table(
    "site_entry", ["code"], [column("code", "name"), column("amount", "number", minimum=0.0), column("p", "pollutant")]
)
WIDE_TABLE = raw_table(
    "site_hour", ["code", "p"], [column("code", "name"), column("p", "pollutant"), column("value", "number")]
)
PLAIN: dict[str, Any] = {
    "form_id": "plain",
    "files": ["plain*"],
    "parts": [{"table": "site_entry", "columns": {
        "code": {"aliases": ["编号"], "required": True}, "amount": {"aliases": ["数量"]}, "p": {"aliases": ["物质"]},
    }}],
}  # fmt: skip
WIDE: dict[str, Any] = {
    "form_id": "wide",
    "files": ["wide*"],
    "parts": [{"table": "site_hour", "columns": {"code": {"aliases": ["编号"], "required": True}},
               "wide": {"columns": "rest", "name_to": "p", "value_to": "value"}}],
}  # fmt: skip

CELLS = st.sampled_from(
    [
        "",
        " ",
        "A",
        "B",
        "苯",
        "甲苯",
        "氪石",
        "1",
        "-1",
        "2.5",
        "--",
        "ND",
        "1～2",
        "合计",
        "注：单位",
        "编号",
        "数量",
        "物质",
        "多\n行",
        "'\"",
        "x,y",
    ]
)
ROWS = st.lists(st.lists(CELLS, min_size=0, max_size=5), max_size=12)


def _records(text: str) -> list[list[str]]:
    """Records of the file as Python's csv module sees them, without the header and blank lines after the last
    content."""
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def _text(header: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(plain=ROWS, wide=ROWS, again=st.booleans())
def test_every_record_is_loaded_quarantined_or_skipped(
    plain: list[list[str]], wide: list[list[str]], again: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kit = Kit(Path(folder), [TABLE, WIDE_TABLE], [PLAIN, WIDE])
        text = _text(["编号", "数量", "物质"], plain)
        kit.csv("plain.csv", text)
        if again:
            kit.csv("plain2.csv", text)
        kit.csv("wide.csv", _text(["编号", "苯", "甲苯"], wide))
        kit.load()  # raises where a file does not add up
        for read, loaded, quarantined, skipped in kit.counts().values():
            assert read == loaded + quarantined + skipped
        records = _records(text)
        assert kit.counts()["site/plain.csv"][0] == len(records)
        seen = kit.rows(
            "select _row from raw.site_entry where _file_no = 1 union all "
            "select distinct row_number from intake.quarantine where file_no = 1 union all "
            "select row_number from intake.skipped where file_no = 1"
        )
        assert sorted(row[0] for row in seen) == list(range(2, len(records) + 2))
        if again and records:
            assert kit.counts()["site/plain2.csv"] == (len(records), 0, 0, len(records))
        twins = "select count(*) - count(distinct (code)) from raw.site_entry"
        assert kit.rows(twins) == [(0,)]
        for table, key in (("skipped", "record_id"), ("quarantine", "quarantine_id")):
            assert kit.rows(f"select count(*) - count(distinct {key}) from intake.{table}") == [(0,)]
