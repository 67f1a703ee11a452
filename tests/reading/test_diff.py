"""`ehpilot diff`: every row and cell that differs, nothing that only the run changed."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.diff import _compare, _Comparison, diff, summary
from ehpilot.reading.diff_words import Words
from tests.area import said
from tests.publish import tiny_warehouse as tiny
from tests.publish.editions import publish

FIRST = "甲化工（虚构） · 苯 · 2025"
FIRST_WITH_IDS = "甲化工（虚构）（E1） · 苯（71-43-2） · 2025"


def _entry(
    table: str, key: str | None, change: str, column: str | None = None, old: object = None, new: object = None,
    words: str = "",
):  # fmt: skip
    return {"table": table, "key": key, "change": change, "column": column, "old": old, "new": new, "object": words}


def test_added_removed_and_changed_to_the_last_bit(out: Path) -> None:
    found = diff(reading.find(out, 1), reading.find(out, 2))
    assert found == [
        _entry("inventory.emission", "E1|71-43-2|2025", "changed", "emission_t", 3.0, 3.0 + 2**-50, FIRST),
        _entry("core.dim_enterprise", "E3", "removed", words=tiny.FORMULA),
        _entry("core.dim_enterprise", "E4", "added", words="丁材料（虚构）"),
    ]


def test_objects_are_named_and_can_be_asked_for(out: Path) -> None:
    editions = reading.find(out, 1), reading.find(out, 2)
    assert [item["key"] for item in diff(*editions, named="E4")] == ["E4"]
    assert {item["object"] for item in diff(*editions, named="71-43-2")} == {FIRST}, "the key is searched too"
    assert {item["object"] for item in diff(*editions, named="苯", ids=True)} == {FIRST_WITH_IDS}
    assert diff(*editions, named="E9") == []


def test_the_screen_shows_a_summary_then_words_then_how_many_are_left(out: Path) -> None:
    result = said("--lang", "en", "diff", "1", "2", "--limit", "1", "--out", str(out))
    assert result.returncode == 0, result.stderr
    before, _, after = result.stdout.partition("对象")
    assert "core.dim_enterprise" in before and "inventory.emission" in before
    assert "新增行" in before and "added" not in before
    assert FIRST in after and "变更" in after and "2 more" in after and "E4" not in after
    one = said("diff", "1", "2", "--object", "E4", "--format", "json", "--out", str(out))
    assert [item["key"] for item in json.loads(one.stdout)] == ["E4"]
    beside = said("diff", "1", "2", "--ids", "--out", str(out))
    assert FIRST_WITH_IDS in beside.stdout


def test_a_row_whose_key_is_an_id_is_told_by_what_it_says() -> None:
    """A claim: its id says nothing to a person; medium and year do. A record of nothing that tells is its key."""
    comparison = _Comparison(
        "inventory.emission_claim", ["claim_id"], ["enterprise_id", "medium", "year", "kg"], [], []
    )
    assert comparison.named == ["enterprise_id", "medium", "year", "claim_id"]
    words = Words.__new__(Words)
    words.ids, words.names, words.codes = False, {"E1": "甲化工"}, {("medium_of_emission", "air"): "大气"}
    ids = {"enterprise_id": "E1", "medium": "air", "year": 2025, "claim_id": "0a1b2c3d4e5f6071"}
    assert words.object_of(ids, "0a1b2c3d4e5f6071") == "甲化工 · 大气 · 2025"
    assert words.object_of({"claim_id": "0a1b2c3d4e5f6071"}, "0a1b2c3d4e5f6071") == "0a1b2c3d4e5f6071"
    words.ids = True
    assert words.object_of(ids, None) == "甲化工（E1） · 大气 · 2025 · 0a1b2c3d4e5f6071"


def test_a_file_s_new_number_is_no_change_of_content(tmp_path: Path) -> None:
    """What a workbook saved again moves: number, sheet and row of its file, in whatever table shows them."""
    publish(tmp_path, with_documents=False)
    original = tiny.rows
    with pytest.MonkeyPatch.context() as patch:

        def moved(*arguments: object) -> dict:
            content = original(*arguments)
            quarantine = [[*row] for row in content["meta.quarantine"]]
            columns = list(tiny.TABLES["meta.quarantine"]["columns"])
            for row in quarantine:
                row[columns.index("file_no")], row[columns.index("row_number")] = 7, 99
            return {**content, "meta.quarantine": quarantine}

        patch.setattr(tiny, "rows", moved)
        publish(tmp_path, with_documents=False)
    assert diff(reading.find(tmp_path, 1), reading.find(tmp_path, 2)) == []
    told = diff(reading.find(tmp_path, 1), reading.find(tmp_path, 2), ["meta.quarantine"], provenance=True)
    assert {item["column"] for item in told} == {"file_no", "row_number"}


def test_the_other_way_round_is_the_mirror(out: Path) -> None:
    there = diff(reading.find(out, 1), reading.find(out, 2))
    back = diff(reading.find(out, 2), reading.find(out, 1))
    mirror = {"added": "removed", "removed": "added", "changed": "changed"}
    turned = [{**item, "change": mirror[item["change"]], "old": item["new"], "new": item["old"]} for item in back]
    assert sorted(turned, key=str) == sorted(there, key=str)


@pytest.mark.parametrize(("versions", "key"), [(("a", "a"), ["factor_id"]), (("a", "b"), ["factor_id", "version"])])
def test_a_version_that_all_rows_of_an_edition_have_tells_no_row(versions: tuple[str, str], key: list[str]) -> None:
    """Factors bear the day of their edition: by it each of them would have come and gone."""
    with duckdb.connect() as connection:
        for number, database in enumerate(("old_edition", "new_edition")):
            connection.execute(f"attach ':memory:' as {database}; create schema {database}.emission_factor")
            table = f"{database}.emission_factor.factor"
            columns = "factor_id text, version text, factor int, primary key (factor_id, version)"
            connection.execute(f"create table {table} ({columns})")
            rows = [(f"F{row}", f"{version}{number}", row) for row, version in enumerate(versions)]
            connection.executemany(f"insert into {table} values (?, ?, ?)", rows)
        comparison = _compare(connection, "emission_factor.factor", provenance=False)
    assert isinstance(comparison, _Comparison)
    assert (comparison.key, comparison.columns) == (key, ["factor"])


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
        {"table": "inventory.emission", "added": 0, "removed": 0, "changed": 1},
        {"table": "core.dim_enterprise", "added": 1, "removed": 1, "changed": 0},
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
    assert _entry("meta.gap", "a\\|b\\\\c", "added", words="s") in found, "its subject tells more than its id"
    name, words = f"苯{tiny.SCRIPT}", "苯 · 1"
    assert _entry("report.d01_pollutant", "1", "changed", "name_cn", name, None, words) in found
    lists = ["E1", tiny.FORMULA]
    assert _entry("report.d01_pollutant", "1", "changed", "enterprises", lists, ["E1"], words) in found


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
