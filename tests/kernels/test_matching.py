"""Which entries of two registers are one site: the table of hard cases, and rules over several entries."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import yaml

from ehpilot.kernels.blocking import candidate_pairs
from ehpilot.kernels.company_names import NameWords, parse_name
from ehpilot.kernels.entities import match_entities
from ehpilot.kernels.geo import great_circle_distance_m
from ehpilot.kernels.matching import Entities, prepare, score_pairs
from ehpilot.kernels.resolution import AUTOMATIC, NEW, QUEUE, Outcome, Thresholds, resolve
from ehpilot.project import DBT_DIR

CASES = yaml.safe_load((Path(__file__).parent / "matching_cases.yml").read_text(encoding="utf-8"))["cases"]
WORDS_OF_STATUS = {AUTOMATIC: "same", QUEUE: "clerk", NEW: "other"}


def seed(name: str) -> list[dict[str, str]]:
    """Rows of a seed, by its place in dbt/seeds."""
    with (DBT_DIR / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


WORDS = NameWords.from_rows([(row["kind"], row["word"], row["usual"]) for row in seed("matching/name_word")])
WEIGHTS = {
    (feature, level): float(row["value"])
    for row in seed("methods/parameter")
    for group, feature, level in [(*row["parameter_id"].split("."), "", "")[:3]]
    if group == "match"
}
THRESHOLDS = Thresholds(*(WEIGHTS["threshold", name] for name in ("automatic", "queue", "margin")))


def entities(*entries: dict[str, Any]) -> Entities:
    """Entries as columns; ``register`` is the bit of the register, by default one each."""
    places = np.array([entry.get("at", (np.nan, np.nan)) for entry in entries], dtype=float)
    return Entities(
        entity_id=[str(number) for number in range(len(entries))],
        names=[[entry["name"]] for entry in entries],
        former_names=[entry.get("former", []) for entry in entries],
        address=[entry.get("address", "") for entry in entries],
        postal_code=[entry.get("zip", "") for entry in entries],
        longitude=places[:, 0],
        latitude=places[:, 1],
        park=[entry.get("park", "") for entry in entries],
        credit_code=[str(entry.get("code", "")) for entry in entries],
        permit_no=[str(entry.get("permit", "")) for entry in entries],
        sources=np.array([1 << entry.get("register", number) for number, entry in enumerate(entries)]),
    )


def outcomes(*entries: dict[str, Any]) -> list[Outcome]:
    """Outcome of each entry; the first is the strongest."""
    columns = entities(*entries)
    return resolve(columns, range(len(entries)), score_pairs(columns, WORDS, WEIGHTS), THRESHOLDS)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_hard_case(case: dict[str, Any]) -> None:
    first, second = outcomes(case["a"], case["b"])
    assert WORDS_OF_STATUS[second.status] == case["expect"], (second, first)
    assert (second.site == 0) == (case["expect"] == "same")
    assert (second.candidate == 0) == (case["expect"] == "clerk")


def test_there_are_fifty_hard_cases_of_three_kinds() -> None:
    assert len(CASES) >= 50
    assert {case["expect"] for case in CASES} == {"same", "clerk", "other"}


def test_order_of_the_two_does_not_matter() -> None:
    for case in CASES:
        there, back = outcomes(case["a"], case["b"])[1], outcomes(case["b"], case["a"])[1]
        assert (there.status, there.rule, there.site, there.candidate) == (
            back.status, back.rule, back.site, back.candidate,
        ), case["why"]  # fmt: skip
        assert there.score == back.score or (np.isnan(there.score) and np.isnan(back.score))


def test_a_register_gives_a_site_one_entry_the_better_one() -> None:
    place = {"at": (121.85, 29.95)}
    site, good, poorer = outcomes(
        {"name": "示例甲子化工有限公司", "register": 0, **place},
        {"name": "示例甲子化工有限公司", "register": 1, **place},
        {"name": "示例甲子化工", "register": 1, **place},
    )
    assert (good.status, good.site) == (AUTOMATIC, 0)
    assert (poorer.status, poorer.candidate) == (QUEUE, 0)
    assert site.status == NEW


def test_an_entry_that_fits_two_sites_equally_goes_to_the_clerk() -> None:
    name = {"name": "示例甲子化工有限公司"}
    found = outcomes(
        {**name, "register": 0, "permit": "1"}, {**name, "register": 0, "permit": "2"}, {**name, "register": 1}
    )
    assert (found[2].status, found[2].candidate) == (QUEUE, 0)


def test_groups_grow_over_three_registers_and_keep_the_strongest() -> None:
    name = {"name": "示例甲子化工有限公司"}
    found = outcomes(name, {**name, "former": ["示例乙丑化工有限公司"]}, {"name": "示例乙丑化工有限公司"})
    assert [outcome.site for outcome in found] == [0, 0, 0]


def test_a_name_that_many_hold_is_weaker_evidence() -> None:
    def score_of_first(count: int) -> float:
        many = [{"name": "SAMPLE GAS LLC", "register": 0, "at": (-95.0 + i, 29.6)} for i in range(count)]
        scored = score_pairs(entities(*many, {"name": "SAMPLE GAS LLC", "register": 1}), WORDS, WEIGHTS)
        return float(scored.ln_odds[0])

    assert score_of_first(10) == pytest.approx(score_of_first(1) - np.log(10))


def test_parts_of_a_name() -> None:
    parsed = parse_name("宁波示例東華石化（北仑）有限公司第二分厂", WORDS)
    assert parsed.full == "宁波示例东华石化北仑有限公司第2分厂"
    assert "有限公司" not in parsed.core and "宁波" not in parsed.core and "北仑" not in parsed.core
    assert parsed.marks.split() == ["2", "分厂"]
    latin = parse_name("Sample Chem. Co., L.L.C. - U.S. Plant III", WORDS)
    assert latin.core == "CHEMICAL III SAMPLE"
    assert latin.marks == "3"


def test_unknown_kinds_of_words_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        NameWords.from_rows([("nonsense", "x", "")])


def test_a_missing_weight_is_an_error_not_a_zero() -> None:
    few = {key: value for key, value in WEIGHTS.items() if key != ("place", "same")}
    place = {"name": "示例甲子化工有限公司", "at": (121.85, 29.95)}
    with pytest.raises(KeyError):
        score_pairs(entities(place, place), WORDS, few)


def test_blocking_finds_every_pair_within_500_m() -> None:
    rng = np.random.default_rng(7)
    count = 400
    longitude, latitude = 121.8 + rng.uniform(0, 0.1, count), 29.9 + rng.uniform(0, 0.1, count)
    sources = rng.choice([1, 2], count)
    one, other = candidate_pairs(
        [""] * count, [()] * count, np.arange(count), longitude, latitude, [""] * count, [""] * count, sources
    )
    found = set(zip(one.tolist(), other.tolist(), strict=True))
    left, right = np.triu_indices(count, 1)
    near = great_circle_distance_m(longitude[left], latitude[left], longitude[right], latitude[right]) <= 500
    wanted = near & (sources[left] != sources[right])
    assert wanted.sum() > 50
    assert set(zip(left[wanted].tolist(), right[wanted].tolist(), strict=True)) <= found
    assert all(sources[a] != sources[b] for a, b in found)


def test_distance_on_the_sphere() -> None:
    quarter = great_circle_distance_m(np.array([0.0]), np.array([0.0]), np.array([90.0]), np.array([0.0]))[0]
    assert quarter == pytest.approx(np.pi / 2 * 6_371_008.8)
    assert np.isnan(great_circle_distance_m(np.array([np.nan]), np.array([0.0]), np.array([1.0]), np.array([0.0]))[0])


def test_no_entries_give_nothing() -> None:
    nothing = Entities([], [], [], [], [], np.zeros(0), np.zeros(0), [], [], [], np.zeros(0, dtype=np.int64))
    assert resolve(nothing, [], score_pairs(nothing, WORDS, WEIGHTS), THRESHOLDS) == []
    assert prepare(nothing, WORDS).parsed == []


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    text, texts = pa.string(), pa.list_(pa.string())
    types = {
        "enterprise_id": text, "names": texts, "former_names": texts, "address": text, "postal_code": text,
        "longitude": pa.float64(), "latitude": pa.float64(), "park_id": text, "credit_code": text, "permit_no": text,
        "sources": pa.int32(), "entity_rank": pa.int32(),
    }  # fmt: skip
    blank = {"former_names": []}
    return pa.table({name: pa.array([(blank | row).get(name) for row in rows], kind) for name, kind in types.items()})


def _matched(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    weights = pa.table(
        {
            "feature": [feature for feature, _ in WEIGHTS],
            "level": [level or None for _, level in WEIGHTS],
            "value": list(WEIGHTS.values()),
        }
    )
    words = {name: [row[name] or None for row in seed("matching/name_word")] for name in ("kind", "word", "usual")}
    areas = {"name_cn": ["示例市", None], "aliases": pa.array([["样市"], None], pa.list_(pa.string()))}
    return match_entities(_table(rows), pa.table(areas), weights, pa.table(words)).to_pylist()


def test_entries_as_a_table_give_one_row_each_by_id_whatever_their_order() -> None:
    rows = [
        {"enterprise_id": "X3-001", "names": ["示例新料股份有限公司"], "sources": 4, "entity_rank": 33},
        {"enterprise_id": "X2-001", "names": ["示例市示例新料有限公司"], "sources": 2, "entity_rank": 22},
        {"enterprise_id": "91-001", "names": ["示例市示例新料有限公司"], "sources": 1, "entity_rank": 11},
        {"enterprise_id": "X4-001", "names": ["别样食品厂"], "sources": 8, "entity_rank": 44, "postal_code": "31580X"},
    ]
    found = _matched(rows)
    assert [(row["entity_id"], row["enterprise_id"], row["status"]) for row in found] == [
        ("91-001", "91-001", NEW), ("X2-001", "91-001", AUTOMATIC), ("X3-001", "X3-001", QUEUE),
        ("X4-001", "X4-001", NEW),
    ]  # fmt: skip
    assert found[1]["rule"] == "LEGAL-NAME" and 0.95 <= found[1]["match_score"] <= 1
    assert found[2]["candidate_id"] == "91-001" and found[1]["candidate_id"] is None
    assert np.isnan(found[3]["match_score"]), "without a candidate there is no score"
    assert repr(_matched(rows[::-1])) == repr(found)
    assert _matched([]) == []
