"""Codes, warnings and ledger rows of three editions in a row, from tables. Not here: colours of single facts."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pyarrow as pa

from ehpilot.kernels import ledger
from ehpilot.kernels import risk_code_table as table
from tests.kernels.test_risk_code import RULES

RULE_COLUMNS = {
    "rule_id": pa.string(), "kind": pa.string(), "colour_from": pa.string(), "colour_to": pa.string(),
    "condition_cn": pa.string(), "fact": pa.string(), "operator": pa.string(), "threshold": pa.string(),
    "clean_periods": pa.int32(), "validity_days": pa.int32(), "warning_distance": pa.float64(),
    "precedence": pa.int32(),
}  # fmt: skip
RULE_TABLE = pa.Table.from_pylist(
    [{**vars(rule), "condition_cn": f"条件{rule.rule_id}"} for rule in RULES], pa.schema(RULE_COLUMNS)
)
FACTS = pa.schema(
    [("enterprise_id", pa.string()), ("fact", pa.string()), ("value", pa.float64()), ("is_true", pa.bool_()),
     ("word", pa.string())]
)  # fmt: skip
SOURCES = pa.schema(
    [("enterprise_id", pa.string()), ("name", pa.string()), ("credit_code", pa.string()), ("zone", pa.string()),
     ("issuer", pa.string()), ("is_fictional", pa.bool_()), ("grade", pa.int32()), ("score", pa.float64()),
     ("grade_text", pa.string()),
     ("appeal_status", pa.string()), ("data_as_of", pa.date32())]
)  # fmt: skip
PREVIOUS = pa.schema(
    [("enterprise_id", pa.string()), ("colour", pa.string()), ("valid_from", pa.date32()),
     ("valid_until", pa.date32()), ("payload", pa.string()), ("payload_sha256", pa.string())]
)  # fmt: skip
HISTORY = pa.schema([("enterprise_id", pa.string()), ("as_of", pa.date32()), ("computed_colour", pa.string())])


class World:
    """Editions one after the other, each knowing the one before."""

    def __init__(self) -> None:
        self.previous: list[dict[str, Any]] = []
        self.history: list[dict[str, Any]] = []
        self.ledger = table.LEDGER.empty_table()
        self.edition_no = 0

    def edition(self, as_of: str, **grades: int | None) -> dict[str, dict[str, Any]]:
        self.edition_no += 1
        day = dt.date.fromisoformat(as_of)
        build = pa.table(
            {
                "as_of": pa.array([day], pa.date32()),
                "edition_no": pa.array([self.edition_no], pa.int32()),
                "started_at": pa.array([dt.datetime(2026, 11, 30)], pa.timestamp("us")),
            }
        )
        issued = table.issue_codes(
            sources(grades), facts(grades), RULE_TABLE, pa.Table.from_pylist(self.previous, PREVIOUS),
            pa.Table.from_pylist(self.history, HISTORY), build,
        )  # fmt: skip
        previous = pa.Table.from_pylist(self.previous, PREVIOUS)
        self.ledger = table.extend_ledger(self.ledger, previous, issued, build)
        self.previous = issued.to_pylist()
        self.history += [{**row, "as_of": day} for row in self.previous]
        return {row["enterprise_id"]: row for row in self.previous}

    def events(self) -> list[tuple[int, str, str]]:
        return [(row["edition_no"], row["object_id"], row["event"]) for row in self.ledger.to_pylist()]


def sources(grades: dict[str, int | None]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {"enterprise_id": key, "name": f"厂{key}", "zone": "区", "issuer": "局", "is_fictional": True,
             "grade": grade,
             "grade_text": "首位苯，占 62 %", "appeal_status": "none", "data_as_of": dt.date(2026, 1, 1)}
            for key, grade in grades.items()
        ], SOURCES,
    )  # fmt: skip


def facts(grades: dict[str, int | None]) -> pa.Table:
    rows = [{"enterprise_id": key, "fact": "grade", "value": grade} for key, grade in grades.items()]
    rows += [{"enterprise_id": key, "fact": "data_age_days", "value": 350.0} for key in grades]
    return pa.Table.from_pylist(rows, FACTS)


def test_three_months_of_codes_and_their_ledger() -> None:
    world = World()
    january = world.edition("2026-01-31", A=1, B=4, C=None)
    assert {key: row["colour"] for key, row in january.items()} == {"A": "red", "B": "green", "C": "grey"}
    assert json.loads(january["A"]["payload"])["reasons"][0] == {"code": "CR-B1", "text": "条件CR-B1；首位苯，占 62 %"}
    assert ledger.sha256(json.loads(january["A"]["payload"])) == january["A"]["payload_sha256"]
    february = world.edition("2026-02-28", A=3, B=4, C=3)
    assert (february["A"]["colour"], february["A"]["change"]) == ("red", "held_clean")
    assert february["A"]["computed_colour"] == "yellow" and february["C"]["colour"] == "yellow"
    assert february["B"]["payload"] == january["B"]["payload"], "an unchanged code is not issued again"
    march = world.edition("2026-03-31", A=3, B=2)
    assert (march["A"]["colour"], march["A"]["previous_colour"]) == ("yellow", "red")
    assert world.events() == [
        (1, "A", "issued"), (1, "B", "issued"), (1, "C", "issued"), (2, "A", "reissued"), (2, "C", "changed"),
        (3, "A", "changed"), (3, "B", "changed"), (3, "C", "revoked"),
    ]  # fmt: skip
    assert ledger.first_broken(world.ledger.to_pylist()) is None


def test_one_changed_enterprise_reissues_one_code() -> None:
    world = World()
    grades = {f"E{number}": 4 for number in range(20)}
    world.edition("2026-01-31", **grades)
    world.edition("2026-02-28", **{**grades, "E7": 3})
    assert world.events()[20:] == [(2, "E7", "changed")]


def test_a_code_near_its_end_is_renewed_and_a_held_one_says_its_grade() -> None:
    world = World()
    world.edition("2026-01-31", A=4)
    late = world.edition("2026-04-25", A=4)
    assert late["A"]["valid_from"] == dt.date(2026, 4, 25) and world.events()[1:] == [(2, "A", "reissued")]


def test_warnings_of_tables() -> None:
    coloured = pa.table({"enterprise_id": ["A", "B"], "colour": ["green", "grey"]})
    distances = pa.table({"enterprise_id": ["A"], "rule_id": ["CR-V1"], "distance": [0.3]})
    found = table.warn(coloured, facts({"A": 4, "B": None}), RULE_TABLE, distances).to_pylist()
    assert [(row["enterprise_id"], row["rule_id"], row["distance"]) for row in found] == [
        ("A", "CR-V1", 0.3), ("A", "CR-G1", 50.0),
    ]  # fmt: skip


def test_nothing_at_all() -> None:
    world = World()
    assert world.edition("2026-01-31") == {} and world.ledger.num_rows == 0
