"""One business key in several records: equal ones count once, different ones are a conflict."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.landing.books import duplicates
from tests.landing.intake_kit import Kit, column, raw_table

TABLE = raw_table(
    "site_entry",
    ["code", "period"],
    [column("code"), column("period", "period"), column("value", "measurement"), column("value_text", "companion")],
)
FORM: dict[str, Any] = {
    "form_id": "e",
    "files": ["*"],
    "parts": [{"table": "site_entry", "columns": {
        "code": {"aliases": ["编号"], "required": True}, "period": {"aliases": ["报告期"]},
        "value": {"aliases": ["数值"]},
    }}],
}  # fmt: skip
HEAD = "编号,报告期,数值"


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return Kit(tmp_path, [TABLE], [FORM])


def test_the_same_record_in_two_files_is_counted_once(kit: Kit) -> None:
    kit.csv("a.csv", [HEAD, "A,2025年,1.0", "B,2025Q1,2"])
    kit.csv("b.csv", [HEAD, "B,2025年1季度,2", "A,2025,1.00", "C,,3"])
    kit.load()
    assert kit.rows("select code, period, value, _file_no from raw.site_entry order by 1") == [
        ("A", "2025", 1.0, 1), ("B", "2025Q1", 2.0, 1), ("C", None, 3.0, 2),
    ]  # fmt: skip
    assert kit.skipped() == [(2, "SKIP-DUPLICATE"), (3, "SKIP-DUPLICATE")]
    assert kit.counts() == {"site/a.csv": (2, 2, 0, 0), "site/b.csv": (3, 1, 0, 2)}


def test_a_conflict_takes_the_records_of_the_first_file_too(kit: Kit) -> None:
    kit.csv("a.csv", [HEAD, "A,2025,1", "A,2025,1", "B,2025,1"])
    kit.csv("b.csv", [HEAD, "A,2025,2"])
    kit.load()
    assert kit.rows("select code from raw.site_entry") == [("B",)]
    assert kit.counts() == {"site/a.csv": (3, 1, 2, 0), "site/b.csv": (1, 0, 1, 0)}
    messages = [row[0] for row in kit.rows("select message from intake.quarantine order by file_no")]
    assert "site/b.csv" in messages[0] and "site/a.csv" in messages[-1]


def test_null_is_a_value_of_a_key(kit: Kit) -> None:
    kit.csv("a.csv", [HEAD, "A,,1", "A,,2", "A,2025,1"])
    kit.load()
    assert [(row[2], row[3]) for row in kit.quarantine()] == [("A|", "DUP-DIFF"), ("A|", "DUP-DIFF")]
    assert kit.rows("select count(*) from raw.site_entry") == [(1,)]


def test_keys_are_written_with_their_bars_escaped(kit: Kit) -> None:
    kit.csv("a.csv", [HEAD, "A|B\\,2025,1", "A|B\\,2025,2"])
    kit.csv("decisions/d.csv", ["decision_id,kind,object,value", "w,winner,site_entry:A\\|B\\\\|2025,site/a.csv"])
    kit.load()
    assert {row[2] for row in kit.quarantine()} == {"A\\|B\\\\|2025"}


def test_another_way_of_writing_the_same_is_no_other_value(tmp_path: Path) -> None:
    table = raw_table("site_entry", ["pollutant_id"], [
        column("pollutant_id", "pollutant"), column("name_written", meta={"as_written": True}), column("note"),
    ])  # fmt: skip
    aliases = {"aliases": ["污染物"]}
    columns = {"pollutant_id": aliases, "name_written": aliases, "note": {"aliases": ["备注"]}}
    kit = Kit(
        tmp_path, [table], [{"form_id": "e", "files": ["*"], "parts": [{"table": "site_entry", "columns": columns}]}]
    )
    kit.csv("a.csv", ["污染物,备注", "苯,x", "甲苯,x", "108-88-3,y"])
    kit.csv("b.csv", ["污染物,备注", "Benzene,x"])
    kit.load()
    assert kit.rows("select name_written from raw.site_entry") == [("苯",)]
    assert [row[3] for row in kit.quarantine()] == ["DUP-DIFF"] * 2
    assert kit.skipped() == [(2, "SKIP-DUPLICATE")]


@pytest.mark.parametrize("key", ["A", "A|"])
def test_empty_parts_at_the_end_of_a_key_may_be_left_out_of_a_decision(kit: Kit, key: str) -> None:
    kit.csv("a.csv", [HEAD, "A,,1"])
    kit.csv("b.csv", [HEAD, "A,,2"])
    kit.csv("decisions/d.csv", ["decision_id,kind,object,value", f"w,winner,site_entry:{key},site/b.csv"])
    report = kit.load()
    assert kit.rows("select value from raw.site_entry") == [(2,)]
    assert report.unused_decisions == []


def test_a_winning_file_that_contradicts_itself_wins_nothing(kit: Kit) -> None:
    kit.csv("a.csv", [HEAD, "A,2025,1"])
    kit.csv("b.csv", [HEAD, "A,2025,2", "A,2025,3"])
    kit.csv("decisions/d.csv", ["decision_id,kind,object,value", "w,winner,site_entry:A|2025,site/b.csv"])
    kit.load()
    assert kit.rows("select count(*) from raw.site_entry") == [(0,)]
    assert [row[3] for row in kit.quarantine()] == ["DUP-DIFF"] * 3


def test_large_tables_are_searched_in_parts_with_the_same_result(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "PART_ROWS", 7)
    lines = [f"K{n % 40},2025,{n // 41}" for n in range(45)]  # K0 equal, K1…K4 different
    kit.csv("a.csv", [HEAD, *lines])
    kit.load()
    assert kit.rows("select count(*) from raw.site_entry") == [(36,)]
    assert kit.counts()["site/a.csv"] == (45, 36, 8, 1)


@given(st.lists(st.integers(0, 12) | st.integers(0, 2**64 - 1), max_size=60))
def test_hashes_that_stand_more_than_once_are_found(values: list[int]) -> None:
    expected = sorted(value for value, count in Counter(values).items() if count > 1)
    assert duplicates._repeated(np.array(values, dtype=np.uint64)).tolist() == expected
