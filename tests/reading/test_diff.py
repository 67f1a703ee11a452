"""`ehpilot diff`: every row and cell that differs, nothing that only the run changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.diff import diff, summary
from tests.publish import tiny_warehouse as tiny
from tests.publish.editions import publish


def _entry(table: str, key: str | None, change: str, column: str | None = None, old: object = None, new: object = None):
    return {"table": table, "key": key, "change": change, "column": column, "old": old, "new": new}


def test_added_removed_and_changed_to_the_last_bit(out: Path) -> None:
    found = diff(reading.find(out, 1), reading.find(out, 2))
    assert found == [
        _entry("core.dim_enterprise", "E3", "removed"),
        _entry("core.dim_enterprise", "E4", "added"),
        _entry("inventory.emission", "E1|71-43-2|2025", "changed", "emission_t", 3.0, 3.0 + 2**-50),
    ]


def test_the_other_way_round_is_the_mirror(out: Path) -> None:
    there = diff(reading.find(out, 1), reading.find(out, 2))
    back = diff(reading.find(out, 2), reading.find(out, 1))
    mirror = {"added": "removed", "removed": "added", "changed": "changed"}
    turned = [{**item, "change": mirror[item["change"]], "old": item["new"], "new": item["old"]} for item in back]
    assert sorted(turned, key=str) == sorted(there, key=str)


def test_the_same_rows_again_differ_in_nothing(tmp_path: Path) -> None:
    publish(tmp_path, with_documents=False)
    publish(tmp_path, with_documents=False, shuffle=4)
    assert diff(reading.find(tmp_path, 1), reading.find(tmp_path, 2)) == []
    assert summary(reading.find(tmp_path, 1), reading.find(tmp_path, 2)) == []


def test_provenance_is_compared_when_asked(out: Path) -> None:
    tables = {item["table"] for item in diff(reading.find(out, 1), reading.find(out, 2), provenance=True)}
    assert "meta.origin" in tables


def test_summary_counts_rows(out: Path) -> None:
    assert summary(reading.find(out, 1), reading.find(out, 2)) == [
        {"table": "core.dim_enterprise", "added": 1, "removed": 1, "changed": 0},
        {"table": "inventory.emission", "added": 0, "removed": 0, "changed": 1},
    ]


def test_null_list_and_special_key_values_are_compared(tmp_path: Path) -> None:
    publish(tmp_path, with_documents=False)
    original = tiny.rows
    with pytest.MonkeyPatch.context() as patch:

        def changed(*arguments: object) -> dict:
            content = original(*arguments)
            content["report.d01_pollutant"] = [[1, "71-43-2", None, 5.512345, ["E1"]]]
            content["meta.gap"] = [["a|b\\c", "s", "m", "e"]]
            return content

        patch.setattr(tiny, "rows", changed)
        publish(tmp_path, with_documents=False)
    found = diff(reading.find(tmp_path, 1), reading.find(tmp_path, 2))
    assert _entry("meta.gap", "a\\|b\\\\c", "added") in found
    name = f"苯{tiny.SCRIPT}"
    assert _entry("report.d01_pollutant", "1", "changed", "name_cn", name, None) in found
    lists = ["E1", tiny.FORMULA]
    assert _entry("report.d01_pollutant", "1", "changed", "enterprises", lists, ["E1"]) in found


def test_new_and_lost_columns_and_tables_are_named_once(tmp_path: Path) -> None:
    publish(tmp_path, with_documents=False)
    with pytest.MonkeyPatch.context() as patch:
        facts = tiny.TABLES["meta.parameter_used"]
        columns = {**facts["columns"], "who": "varchar"}
        del columns["unit"]
        patch.setitem(tiny.TABLES, "meta.parameter_used", {**facts, "columns": columns})
        patch.delitem(tiny.TABLES, "meta.decision")
        publish(tmp_path, with_documents=False)
    found = diff(reading.find(tmp_path, 1), reading.find(tmp_path, 2))
    assert _entry("meta.parameter_used", None, "added", "who") in found
    assert _entry("meta.parameter_used", None, "removed", "unit") in found
    assert _entry("meta.decision", None, "removed") in found


def test_one_table_can_be_asked_for(out: Path) -> None:
    found = diff(reading.find(out, 1), reading.find(out, 2), tables=["inventory.emission"])
    assert {item["table"] for item in found} == {"inventory.emission"}
    with pytest.raises(UsageError, match=r"core\.nothing"):
        diff(reading.find(out, 1), reading.find(out, 2), tables=["core.nothing"])


def test_an_edition_is_not_compared_with_itself(out: Path) -> None:
    with pytest.raises(UsageError, match="same"):
        diff(reading.find(out, 2), reading.find(out))
