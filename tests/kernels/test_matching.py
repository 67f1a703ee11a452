"""Which entries of two registers are one site: the table of hard cases, and rules over several entries."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from ehpilot.kernels.blocking import candidate_pairs
from ehpilot.kernels.company_names import NameWords, parse_name
from ehpilot.kernels.entities import match_entities
from ehpilot.kernels.geo import great_circle_distance_m
from ehpilot.kernels.matching import Entities, prepare, score_pairs
from ehpilot.kernels.resolution import AUTOMATIC, NEW, QUEUE, Outcome, Thresholds, resolve
from ehpilot.project import DBT_DIR, read_yaml

CASES = read_yaml((Path(__file__).parent / "matching_cases.yml").read_text(encoding="utf-8"))["cases"]
WORDS_OF_STATUS = {AUTOMATIC: "same", QUEUE: "clerk", NEW: "other"}


def seed(name: str) -> list[dict[str, str]]:
    """Rows of a seed, by its place in dbt/seeds."""
    with (DBT_DIR / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


WORDS = NameWords.from_rows([(row["kind"], row["word"], row["usual"]) for row in seed("matching/name_word")])
WEIGHTS = {
    (feature, " ".join(level)): float(row["value"])
    for row in seed("methods/parameter")
    if row["parameter_id"].startswith("match.")
    for _, feature, *level in [row["parameter_id"].split(".")]
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


def test_an_address_that_many_give_is_weaker_evidence_but_never_less_than_the_place() -> None:
    def score_of_first(count: int) -> float:
        many = [
            {"name": f"示例甲{i}化工有限公司", "register": 0, "address": "虚构路1号", "at": (121.85, 29.95)}
            for i in range(count)
        ]
        one = {"name": "虚构癸酉印染有限公司", "register": 1, "address": "虚构路1号", "at": (121.85, 29.95)}
        return float(score_pairs(entities(*many, one), WORDS, WEIGHTS).ln_odds[0])

    assert score_of_first(10) == pytest.approx(score_of_first(1) - np.log(10))
    less = WEIGHTS["location", "address_same"] - WEIGHTS["location", "same"]
    assert score_of_first(50) == pytest.approx(score_of_first(1) - less)


def test_location_counts_once() -> None:
    """Park and postal code say nothing more where place and address agree."""
    here = {"name": "示例甲子化工", "at": (121.85, 29.95), "address": "虚构路1号"}
    there = {**here, "name": "示例甲子化工厂"}
    more = {"park": "park_jia", "zip": "315800"}
    bare, full = (
        score_pairs(entities({**here, **extra}, {**there, **extra}), WORDS, WEIGHTS).ln_odds[0] for extra in ({}, more)
    )
    assert bare == full


def test_a_third_entry_does_not_join_two_valid_codes() -> None:
    name = {"name": "示例甲子化工有限公司", "at": (121.85, 29.95)}
    one, other, bridge = outcomes({**name, "code": "919900039000000144"}, {**name, "code": "91990002900000022G"}, name)
    assert bridge.site in (0, 1) or bridge.status == QUEUE
    assert one.site != other.site
    assert other.status == QUEUE


def test_a_third_entry_does_not_join_an_equal_name_four_kilometres_apart() -> None:
    name = {"name": "示例甲子化工有限公司"}
    found = outcomes({**name, "at": (121.85, 29.95)}, {**name, "at": (121.8915, 29.95)}, name)
    assert found[0].site != found[1].site


def test_a_third_entry_does_not_join_two_names_far_apart_by_a_former_name() -> None:
    found = outcomes(
        {"name": "示例甲子化工有限公司", "at": (121.85, 29.95)},
        {"name": "示例乙丑印染有限公司", "at": (121.95, 29.95)},
        {"name": "示例甲子化工有限公司", "former": ["示例乙丑印染有限公司"]},
    )
    assert found[0].site != found[1].site


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
    few = {key: value for key, value in WEIGHTS.items() if key != ("location", "same")}
    place = {"name": "示例甲子化工有限公司", "at": (121.85, 29.95)}
    with pytest.raises(KeyError):
        score_pairs(entities(place, place), WORDS, few)


def test_blocking_finds_every_pair_within_500_m() -> None:
    rng = np.random.default_rng(7)
    count = 400
    longitude, latitude = 121.8 + rng.uniform(0, 0.1, count), 29.9 + rng.uniform(0, 0.1, count)
    sources = rng.choice([1, 2], count)
    one, other, _ = candidate_pairs(
        [""] * count, [()] * count, np.arange(count), longitude, latitude, [""] * count, [""] * count, sources
    )
    found = set(zip(one.tolist(), other.tolist(), strict=True))
    left, right = np.triu_indices(count, 1)
    near = great_circle_distance_m(longitude[left], latitude[left], longitude[right], latitude[right]) <= 500
    wanted = near & (sources[left] != sources[right])
    assert wanted.sum() > 50
    assert set(zip(left[wanted].tolist(), right[wanted].tolist(), strict=True)) <= found
    assert all(sources[a] != sources[b] for a, b in found)


def _crowd(count: int, spread: float) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Pairs and cuts of ``count`` entries of two registers in turn within ``spread`` degrees."""
    rng = np.random.default_rng(3)
    longitude, latitude = 121.8501 + rng.uniform(0, spread, count), 29.9501 + rng.uniform(0, spread, count)
    sources = 1 << (np.arange(count) % 2)
    blank = [""] * count
    return candidate_pairs(blank, [()] * count, np.arange(count), longitude, latitude, blank, blank, sources)


def test_a_crowded_place_block_says_that_it_was_cut() -> None:
    one, _, cut = _crowd(40, 0.004)
    assert len(one) and not cut["place"].any()
    one, _, cut = _crowd(400, 0.004)
    assert cut["place"].all()
    assert len(one), "those up to 100 m apart are still compared"
    one, _, cut = _crowd(400, 0.0)
    assert cut["place"].all() and len(one) == 0


def test_a_name_or_address_that_very_many_give_says_that_it_was_cut() -> None:
    count, nowhere = 130, np.full(130, np.nan)
    sources = 1 << (np.arange(count) % 2)
    texts = ["甲"] * 125 + [""] * 5
    _, _, cut = candidate_pairs(texts, [()] * count, np.arange(count), nowhere, nowhere, texts, [""] * count, sources)
    assert cut["name"].sum() == cut["address"].sum() == 125


def test_a_slip_in_the_beginning_of_a_name_is_found_without_place_and_address() -> None:
    for written in ("来东化工贸易", "东化工贸易", "东莱化工贸易"):
        cores = ["东来化工贸易", written]
        nowhere, blank = np.full(2, np.nan), [""] * 2
        one, other, _ = candidate_pairs(cores, [(), ()], np.arange(2), nowhere, nowhere, blank, blank, np.array([1, 2]))
        assert (one.tolist(), other.tolist()) == ([0], [1]), written


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


@pytest.mark.parametrize(
    ("one", "other", "is_evidence"),
    [
        ("315800", "315800", True),
        ("315800", "315801", False),
        ("77001", "770011234", True),
        ("77001-1234", "77001", True),
    ],
)
def test_postal_codes_have_six_digits_in_china_and_five_in_the_united_states(
    one: str, other: str, is_evidence: bool
) -> None:
    def score(first: str | None, second: str | None) -> float:
        row = {"names": ["示例甲子化工厂"], "entity_rank": 1}
        return _matched(
            [
                {**row, "enterprise_id": "A-001", "sources": 1, "postal_code": first},
                {**row, "enterprise_id": "B-001", "sources": 2, "postal_code": second},
            ]
        )[1]["match_score"]

    alone = score(None, None)
    assert not np.isnan(alone)
    assert (score(one, other) > alone) == is_evidence


def test_an_entry_of_a_crowded_block_says_by_what_it_was_not_compared() -> None:
    rows = [
        {"enterprise_id": f"{i:03d}", "names": [f"示例{i}"], "sources": 1 << (i % 2), "entity_rank": i,
         "longitude": 121.85, "latitude": 29.95} for i in range(200)
    ]  # fmt: skip
    found = _matched([*rows, {"enterprise_id": "far", "names": ["别样"], "sources": 1, "entity_rank": 0}])
    assert [row["cut_blocks"] for row in found] == [["place"]] * 200 + [[]]
