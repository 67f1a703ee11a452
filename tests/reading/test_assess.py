"""One enterprise by an edition's cuts and rules. Not here: the rules (tests/kernels), what an input may say
(test_assess_input)."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from ehpilot.errors import UsageError
from ehpilot.reading.assess import assess

PARAMETERS = {
    "grading.management_worse_below": 40, "grading.management_milder_from": 85, "grading.veto_cr_red": 1e-4,
    "grading.veto_hi_red": 3, "grading.veto_cr_orange": 1e-5, "grading.veto_hi_orange": 1,
    "grading.ring_chi_over_q": 1e-5,
}  # fmt: skip
CUTS = {"hl_cut_1": 2, "hl_cut_2": 4, "hl_cut_3": 6, "rc_cut_1": 0.001, "rc_cut_2": 0.1}


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    with duckdb.connect(str(tmp_path / "marts.duckdb")) as c:
        for schema in ("meta", "core", "risk_grade"):
            c.execute(f"create schema {schema}")
        c.execute("create table meta.parameter_used (parameter_id varchar, value varchar)")
        c.executemany("insert into meta.parameter_used values (?, ?)", [(k, str(v)) for k, v in PARAMETERS.items()])
        c.execute("create table risk_grade.grade_cut (cut_id varchar, value double)")
        c.executemany("insert into risk_grade.grade_cut values (?, ?)", [(f"grading.{k}", v) for k, v in CUTS.items()])
        c.execute(
            "create table core.toxicity_weight (pollutant_id varchar, inhalation_weight double, oral_weight double, "
            "inhalation_is_borrowed boolean, oral_is_borrowed boolean)"
        )
        c.execute("create table core.dim_pollutant as select unnest(['b', 'lent', 'bare']) as pollutant_id")
        c.execute("insert into core.toxicity_weight values ('b', 1000, 50, false, false), ('lent', 9, 9, true, false)")
        c.execute(
            "create table risk_grade.colour_rule (rule_id varchar, kind varchar, colour_from varchar, "
            "colour_to varchar, fact varchar, operator varchar, threshold varchar, clean_periods integer, "
            "validity_days integer, warning_distance double, precedence integer, unit varchar)"
        )
        c.execute(
            "insert into risk_grade.colour_rule values "
            "('CR-B0', 'base', null, 'grey', 'grade', 'is_null', null, null, 90, null, 10, null), "
            "('CR-B2', 'base', null, 'orange', 'grade', 'eq', '2', null, 90, null, 10, null), "
            "('CR-B3', 'base', null, 'yellow', 'grade', 'eq', '3', null, 90, null, 10, null), "
            "('CR-V6', 'veto', null, 'red', 'permit_valid', 'is_false', null, null, 30, null, 95, null), "
            "('CR-V2', 'veto', null, 'orange', 'sensitive_cr_or_hi_mid', 'is_true', null, null, 90, 0.3, 80, null), "
            "('CR-V3', 'veto', null, 'orange', 'carcinogen_unmonitored', 'is_true', null, null, 90, null, 80, null), "
            "('CR-D1', 'downgrade', null, 'orange', 'exceed_90d_hours', 'ge', '24', null, 90, 6, 70, 'h')"
        )
    return tmp_path


BENZENE = {"pollutant_id": "b", "medium": "air", "emission_kg": 100}


def test_a_grade_with_what_made_it(edition: Path) -> None:
    """100 kg × 1000 = 1e5: class 3; 1000 people × 1e-5 = 0.01: class 2; 3 + 2 = 5 is orange; below 1e4 it is yellow."""
    facts = {"permit_valid": True, "exceed_90d_hours": 20}
    known = {"releases": [BENZENE], "people_within_1km": 1000, "management_score": 60, "facts": facts}
    found = assess(edition, {"enterprise_id": "E", **known})
    assert (found["grade"], found["hazard_class"], found["receptor_class"]) == (2, 3, 2)
    assert found["reduction_share"] == pytest.approx(0.9) and found["colour"] == "orange"
    assert found["drivers"] == [{"pollutant_id": "b", "share": 1.0}] and found["warnings"] == []
    assert found["missing"] == ["facts.carcinogen_unmonitored", "facts.sensitive_cr_or_hi_mid"]
    assert found["edition"] == edition.name and found["rule_version"].startswith("1-")
    assert assess(edition, {"releases": [BENZENE], "people_within_1km": 1000, "management_score": 90})["grade"] == 3
    assert (
        assess(edition, {"releases": [{**BENZENE, "medium": "water"}], "people_within_1km": 1000})["hazard_class"] == 2
    )


def test_what_is_not_stated_is_missing_and_never_mild(edition: Path) -> None:
    found = assess(edition, {"facts": {"permit_valid": False}})
    assert found["grade"] is None and found["colour"] == "red"
    assert found["missing"] == [
        "releases",
        "people_within_1km",
        "management_score",
        "facts.carcinogen_unmonitored",
        "facts.exceed_90d_hours",
        "facts.grade",
        "facts.sensitive_cr_or_hi_mid",
    ]
    lent = assess(edition, {"releases": [{**BENZENE, "pollutant_id": "lent"}], "people_within_1km": 0})
    assert lent["without_weight"] == ["lent"] and lent["grade"] is None and lent["colour"] == "grey"


def test_an_unknown_release_is_no_zero_and_never_blue(edition: Path) -> None:
    little = {**BENZENE, "emission_kg": 0.001}
    assert assess(edition, {"releases": [little], "people_within_1km": 0, "management_score": 60})["grade"] == 4
    unstated = {**BENZENE, "emission_kg": None}
    found = assess(edition, {"releases": [little, unstated], "people_within_1km": 0})
    assert found["grade"] == 3 and "releases[1].emission_kg" in found["missing"]
    alone = assess(edition, {"releases": [unstated], "people_within_1km": 0})
    assert alone["grade"] is None and alone["colour"] == "grey"


def test_what_the_input_says_elsewhere_is_a_fact_of_the_code(edition: Path) -> None:
    """Without a grade too: the code of an edition fires its vetoes on these facts."""
    assert assess(edition, {"carcinogen_unmonitored": True})["rules"] == ["CR-V3", "CR-B0"]
    risky = assess(edition, {"sensitive_cancer_risk": 2e-5})
    assert (risky["colour"], risky["rules"][0]) == ("orange", "CR-V2")
    near = assess(edition, {"sensitive_cancer_risk": "6e-6", "sensitive_hazard_index": 0.1})
    assert near["warnings"] == [{"rule_id": "CR-V2", "distance": pytest.approx(0.2218, abs=1e-4)}]
    with pytest.raises(UsageError, match=r"^DUP-DIFF facts\.carcinogen_unmonitored"):
        assess(edition, {"carcinogen_unmonitored": True, "facts": {"carcinogen_unmonitored": False}})


def test_no_place_no_receptor_and_no_emission_have_an_outcome(edition: Path) -> None:
    placeless = assess(edition, {"releases": [BENZENE]})
    assert (placeless["grade"], placeless["colour"]) == (None, "grey") and "people_within_1km" in placeless["missing"]
    nobody = assess(edition, {"releases": [BENZENE], "people_within_1km": 0, "management_score": 60})
    assert (nobody["receptor_class"], nobody["grade"]) == (1, 3), "nobody near is known, and the lowest class"
    still = assess(
        edition, {"releases": [{**BENZENE, "emission_kg": 0}], "people_within_1km": 10, "management_score": 60}
    )
    assert (still["hazard_class"], still["grade"], still["drivers"]) == (1, 4, [])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"releases": [{"pollutant_id": "b"}]}, "REQUIRED-EMPTY"),
        ({"releases": [{**BENZENE, "medium": "peat"}]}, "WORD-UNKNOWN"),
        ({"releases": [{**BENZENE, "pollutant_id": "unheard of"}]}, "POLLUTANT-UNKNOWN"),
        ({"people_within_1km": "many"}, "NUMBER"),
    ],
)
def test_wrong_input_is_named(edition: Path, wrong: dict, code: str) -> None:
    with pytest.raises(UsageError, match=f"^{code} "):
        assess(edition, wrong)
