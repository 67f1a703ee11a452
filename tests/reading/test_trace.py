"""`ehpilot trace`: from a printed number back to the file's row, the seed's row, a decision or the profile."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.trace import trace
from ehpilot.reading.trace_declaration import _declaration
from ehpilot.reading.trace_text import trace_lines
from tests.publish import tiny_warehouse as tiny
from tests.publish.editions import publish

KEYS = ["level", "table", "key", "column", "value", "kind", "path", "sheet", "row", "field", "text", "share"]
REPORT = f"permit/{tiny.SCRIPT}.xlsx"


def _ends(entries: list[dict]) -> list[dict]:
    return [entry for entry in entries if entry["kind"]]


def test_a_cell_beside_the_files_ends_in_its_own_cell(out: Path) -> None:
    entries = trace(reading.find(out), "core.dim_enterprise", {"enterprise_id": "E2"}, "longitude")
    assert len(entries) == 1
    assert list(entries[0]) == KEYS
    assert entries[0]["value"] == 121.5 + 1 / 7
    assert (entries[0]["kind"], entries[0]["path"]) == ("file", "permit/排污单位基本信息.xlsx")
    assert (entries[0]["row"], entries[0]["field"], entries[0]["text"]) == (5, "经度", f"{121.5 + 1 / 7:.4f}")


def test_without_a_column_every_cell_of_the_row_is_listed(out: Path) -> None:
    entries = trace(reading.find(out), "core.dim_enterprise", {"enterprise_id": "E1"})
    assert {entry["column"]: entry["field"] for entry in entries} == {"name": "单位名称", "longitude": "经度"}


def test_an_emission_goes_to_its_claims_largest_share_first(out: Path) -> None:
    entries = trace(reading.find(out, 1), "inventory.emission", {"enterprise_id": "E1", "year": "2025"}, "emission_t")
    assert (entries[0]["level"], entries[0]["value"], entries[0]["kind"]) == (0, 3.0, None)
    ends = [(entry["level"], entry["path"], entry["row"], entry["text"], entry["share"]) for entry in entries[1:]]
    assert ends == [(1, REPORT, 7, "3.0", 0.75), (1, REPORT, 8, "1.0", 0.25)]


def test_a_printed_number_goes_through_every_level(out: Path) -> None:
    entries = trace(reading.find(out, 1), "report.d01_pollutant", {"row_no": 1}, "emission_t")
    assert [entry["table"] for entry in entries] == [
        "report.d01_pollutant",
        "inventory.emission", "inventory.emission_claim", "inventory.emission_claim",
        "inventory.emission", "inventory.emission_claim",
    ]  # fmt: skip
    assert sum(entry["share"] for entry in _ends(entries)) == pytest.approx(1)
    assert {entry["kind"] for entry in _ends(entries)} == {"file"}


def test_a_column_with_its_own_link_follows_only_that_to_the_seed_row(out: Path) -> None:
    entries = trace(reading.find(out), "report.d01_pollutant", {"row_no": 1}, "name_cn")
    assert [entry["table"] for entry in entries] == ["report.d01_pollutant", "core.dim_pollutant"]
    end = entries[-1]
    assert (end["kind"], end["path"], end["row"]) == ("seed", "dbt/seeds/chemicals/chemical.csv", 12)


def test_a_column_that_nothing_explains_goes_where_the_row_came_from(tmp_path: Path) -> None:
    report = tiny.TABLES["report.d01_pollutant"]
    nothing = {"table": "inventory.emission", "on": {"pollutant_id": "name_cn"}, "columns": ["emission_t"]}
    row = {"table": "core.dim_pollutant", "on": {"pollutant_id": "pollutant_id"}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(tiny.TABLES, "report.d01_pollutant", {**report, "trace": [nothing, row]})
        folder = publish(tmp_path, with_documents=False)
    entries = trace(folder, "report.d01_pollutant", {"row_no": 1}, "emission_t")
    assert [entry["table"] for entry in entries][:2] == ["report.d01_pollutant", "core.dim_pollutant"]
    assert {entry["kind"] for entry in _ends(entries)} == {"seed"}


def test_lines_for_a_person_name_a_row_once_and_its_ends_under_it(out: Path) -> None:
    lines = list(trace_lines(trace(reading.find(out, 1), "report.d01_pollutant", {"row_no": 1}, "emission_t")))
    assert [line for line in lines if "←" not in line and line.startswith("  inventory.emission [")]
    ends = [line.strip() for line in lines if "←" in line]
    assert len(ends) == 3
    assert any(line.startswith(f"← 文件 file {REPORT}") and "第 7 行" in line and "“3.0”" in line for line in ends)
    series = {"level": 0, "table": "a.b", "key": "1", "column": "n", "value": 2, "kind": "file", "path": "x.csv"}
    rest = {"sheet": "", "row": 2, "last_row": 9, "field": "人口", "text": None, "share": 1.0}
    assert list(trace_lines([{**series, **rest}])) == ["a.b [1]", "  ← 文件 file x.csv 第 2–9 行 [人口]  → n"]


def test_what_is_left_out_by_top_and_depth_is_said(out: Path) -> None:
    folder = reading.find(out, 1)
    one = trace(folder, "report.d01_pollutant", {"row_no": 1}, "emission_t", top=1)
    assert len(_ends(one)) == 1
    rest = [entry for entry in one if entry["text"] and "--top" in entry["text"]]
    assert [entry["level"] for entry in rest] == [2, 1]
    assert sum(entry["share"] for entry in rest) + _ends(one)[0]["share"] == pytest.approx(1)
    shallow = trace(folder, "report.d01_pollutant", {"row_no": 1}, "emission_t", depth=1)
    assert not _ends(shallow)
    assert any("--depth" in (entry["text"] or "") for entry in shallow)


def test_records_of_files_are_their_own_end(out: Path) -> None:
    folder = reading.find(out)
    quarantined = trace(folder, "meta.quarantine", {"quarantine_id": "q1"})[0]
    assert quarantined["path"] == "permit/排污单位基本信息.xlsx"
    assert (quarantined["row"], quarantined["field"]) == (9, "经度")
    assert trace(folder, "meta.source_file", {"file_no": 2})[0]["path"] == REPORT
    assert trace(folder, "meta.decision", {"decision_id": "waits"})[0]["kind"] == "decision"
    assert trace(folder, "meta.edition_fact", {"name": "zone_name"})[0]["kind"] == "profile"


def test_a_gap_ends_in_the_profile_that_was_built(out: Path) -> None:
    (entry,) = trace(reading.find(out), "meta.gap", {"gap_id": "g1"})
    assert (entry["kind"], entry["field"]) == ("profile", "name")


def test_what_an_edition_says_of_itself_ends_in_the_declaration_of_the_repository(out: Path) -> None:
    folder = reading.find(out)

    def end(table: str, key: dict, column: str) -> tuple:
        (entry,) = trace(folder, table, key, column)
        return entry["kind"], entry["path"], entry["row"], entry["field"], entry["text"]

    labels = "dbt/seeds/crosswalks/code_label.csv"
    key = {"code_set": "source_file_status", "code": "current"}
    assert end("meta.code_label", key, "label_cn") == ("seed", labels, 2, "label_cn", "有效")
    key = {"code_set": "reason_code", "code": "XY-FORMAT"}
    reasons = "dbt/seeds/crosswalks/reason_code.csv"
    assert end("meta.code_label", key, "code") == ("seed", reasons, 2, "reason_code", "XY-FORMAT")
    key = {"table_name": "inventory.emission", "column_no": 1}
    declared = ("seed", "dbt/models/emission.yml", None, None, None)
    assert end("meta.table_column", key, "label") == declared
    assert end("meta.table_trace", {"table_name": "inventory.emission"}, "trace") == declared
    assert end("meta.document", {"document_id": "D01"}, "title")[1] == "dbt/models/deliverables.yml"
    assert end("meta.seed_file", {"seed": "chemical"}, "sha256")[1] == "dbt/seeds/chemicals/chemical.csv"


def test_a_table_without_declaration_says_so(tmp_path: Path) -> None:
    stray = {"key": ["a"], "columns": {"a": "integer"}, "description": "一行 = 一个。"}
    rows = tiny.rows
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(tiny.TABLES, "pilot.stray", stray)
        patch.setattr(tiny, "rows", lambda *a: {**rows(*a), "pilot.stray": [[7]]})
        folder = publish(tmp_path, with_documents=False)
    (entry,) = trace(folder, "pilot.stray", {"a": 7}, "a")
    assert entry["kind"] is None
    assert "no origin recorded" in entry["text"]


@pytest.mark.parametrize(
    ("table", "key", "column", "message"),
    [
        ("core.nothing", {"a": 1}, None, "no table"),
        ("core.dim_enterprise", {"nothing": 1}, None, "no column nothing"),
        ("core.dim_enterprise", {"enterprise_id": "E1"}, "nothing", "no column nothing"),
        ("core.dim_enterprise", {"enterprise_id": "E9"}, None, "no row with enterprise_id=E9"),
        ("inventory.emission", {"year": "not a year"}, None, "no row"),
        ("core.dim_enterprise", {"enterprise_id": "' or 1=1 --"}, None, "no row"),
        ("core.dim_enterprise; drop table meta.gap", {"enterprise_id": "E1"}, None, "no table"),
    ],
)
def test_a_wrong_question_is_one_clear_line(out: Path, table: str, key: dict, column: str | None, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        trace(reading.find(out), table, key, column)


def test_an_edition_alone_is_traceable_and_the_result_is_json(tmp_path: Path) -> None:
    folder = publish(tmp_path / "out", with_documents=False)
    alone = shutil.copytree(folder, tmp_path / "elsewhere")
    shutil.rmtree(tmp_path / "out")
    entries = trace(alone, "report.d01_pollutant", {"row_no": 1}, "emission_t")
    assert json.loads(json.dumps(entries)) == entries
    assert len(_ends(entries)) == 3


def test_lists_join_by_membership_and_null_links_find_nothing(tmp_path: Path) -> None:
    report = tiny.TABLES["report.d01_pollutant"]
    link = {"table": "core.dim_enterprise", "on": {"enterprise_id": "enterprises"}, "columns": ["enterprises"]}
    original = tiny.rows

    def with_a_null(*arguments: object) -> dict:
        content = original(*arguments)
        content["report.d01_pollutant"].append([2, None, "无编号", 1.0, None])
        return content

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(tiny.TABLES, "report.d01_pollutant", {**report, "trace": [link, *report["trace"]]})
        patch.setattr(tiny, "rows", with_a_null)
        folder = publish(tmp_path, with_documents=False)
    found = trace(folder, "report.d01_pollutant", {"row_no": 1}, "enterprises")
    assert {entry["key"] for entry in found if entry["level"] == 1} == {"E1"}
    assert _ends(trace(folder, "report.d01_pollutant", {"row_no": 2})) == []


def test_origins_are_read_from_the_row_where_meta_origin_has_none(tmp_path: Path) -> None:
    original = tiny.rows
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiny, "rows", lambda *arguments: {**original(*arguments), "meta.origin": []})
        folder = publish(tmp_path, with_documents=False)
    entry = trace(folder, "core.dim_enterprise", {"enterprise_id": "E1"}, "name")[0]
    assert (entry["kind"], entry["field"], entry["text"]) == ("file", "单位名称", "甲化工（虚构）")


def test_a_link_whose_on_yaml_took_for_true_is_still_followed() -> None:
    assert _declaration({"table": "a.b", "true": {"x": "y"}}).on == {"x": "y"}
