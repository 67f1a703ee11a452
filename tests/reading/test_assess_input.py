"""What ``code assess`` refuses, by which reason code, and what it only lists. Not here: grades (test_assess)."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.errors import UsageError
from ehpilot.kernels.risk_code import Rule
from ehpilot.reading.assess_input import MAX_BYTES, checked, parsed

RULES = [
    Rule("B", "base", "", "red", "grade", "eq", "1", None, 30, None, 10),
    Rule("H", "downgrade", "", "orange", "exceed_90d_hours", "ge", "24", None, 90, 6, 70),
    Rule("S", "downgrade", "", "yellow", "cems_completeness", "lt", "0.75", None, 90, 0.05, 43),
    Rule("P", "veto", "", "red", "permit_valid", "is_false", "", None, 30, None, 95),
    Rule("C", "veto", "", "yellow", "data_confidence", "eq", "low", None, 90, None, 60),
    Rule("U", "upgrade", "red", "orange", "clean_periods", "ge", "2", 2, 90, None, 30),
]
UNITS = {"cems_completeness": "share", "exceed_90d_hours": "h"}
BENZENE = {"pollutant_id": "71-43-2", "medium": "air", "emission_kg": 100}


def _refusal(stated: dict[str, Any]) -> str:
    with pytest.raises(UsageError) as refused:
        checked(stated, RULES, UNITS)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "FILE-TYPE"),
        (b"{", "FILE-TYPE"),
        (b"[]", "FILE-TYPE"),
        (b"null", "FILE-TYPE"),
        (b"[" * 100_000, "FILE-TYPE"),
        (b'{"a": ' * 100_000, "FILE-TYPE"),
        (b"\xff\xfe{}", "ENCODING"),
        ("{}".encode("utf-16"), "ENCODING"),
        (b'{"enterprise_id": "\\ud800"}', "ENCODING"),
        (b'{"people_within_1km": NaN}', "NUMBER"),
        (b'{"people_within_1km": -Infinity}', "NUMBER"),
        (b'{"people_within_1km": 1, "people_within_1km": 2}', "DUP-DIFF"),
        (b"{" + b" " * MAX_BYTES + b"}", "FILE-TOO-LARGE"),
    ],
)
def test_what_is_no_input_is_told_by_a_code(content: bytes, code: str) -> None:
    with pytest.raises(UsageError, match=f"^{code} "):
        parsed(content)


@pytest.mark.parametrize(
    ("stated", "begins"),
    [
        ({"releases": "no"}, "FILE-TYPE releases"),
        ({"releases": {"71-43-2": 5}}, "FILE-TYPE releases"),
        ({"releases": [5]}, "FILE-TYPE releases[0]"),
        ({"releases": [BENZENE, {"pollutant_id": "x", "medium": "air"}]}, "REQUIRED-EMPTY releases[1].emission_kg"),
        ({"releases": [{**BENZENE, "pollutant_id": None}]}, "REQUIRED-EMPTY releases[0]"),
        ({"releases": [{**BENZENE, "medium": "peat"}]}, "WORD-UNKNOWN releases[0].medium"),
        ({"releases": [{**BENZENE, "medium": ["air"]}]}, "WORD-UNKNOWN releases[0].medium"),
        ({"releases": [{**BENZENE, "unit": "t"}]}, "UNIT-UNKNOWN releases[0].unit"),
        ({"releases": [{**BENZENE, "emission_kg": -1}]}, "NUMBER-NEGATIVE releases[0].emission_kg"),
        ({"releases": [{**BENZENE, "emission_kg": "many"}]}, "NUMBER releases[0].emission_kg"),
        ({"releases": [{**BENZENE, "emission_kg": "nan"}]}, "NUMBER releases[0].emission_kg"),
        ({"releases": [{**BENZENE, "emission_kg": True}]}, "NUMBER releases[0].emission_kg"),
        ({"releases": [{**BENZENE, "emission_kg": 1e13}]}, "NUMBER-PHYSICAL releases[0].emission_kg"),
        ({"releases": [{**BENZENE, "emission_kg": 10**400}]}, "NUMBER-PHYSICAL releases[0].emission_kg"),
        ({"people_within_1km": -5}, "NUMBER-NEGATIVE people_within_1km"),
        ({"people_within_1km": float("inf")}, "NUMBER-PHYSICAL people_within_1km"),
        ({"management_score": 101}, "NUMBER-PHYSICAL management_score"),
        ({"sensitive_cancer_risk": 2}, "NUMBER-PHYSICAL sensitive_cancer_risk"),
        ({"carcinogen_unmonitored": "false"}, "WORD-UNKNOWN carcinogen_unmonitored"),
        ({"carcinogen_unmonitored": 0}, "WORD-UNKNOWN carcinogen_unmonitored"),
        ({"data_confidence": "poor"}, "WORD-UNKNOWN data_confidence"),
        ({"enterprise_id": 7}, "FILE-TYPE enterprise_id"),
        ({"enterprise_id": "x" * 300_000}, "FILE-TYPE enterprise_id"),
        ({"enterprise_id": "\x1b[2J甲"}, "FILE-TYPE enterprise_id"),
        ({"releases": [{**BENZENE, "pollutant_id": "7" * 300_000}]}, "FILE-TYPE releases[0].pollutant_id"),
        ({"facts": {"a\n\x1b / 有效": True}}, "WORD-UNKNOWN facts.a??/有效"),
        ({"facts": []}, "FILE-TYPE facts"),
        ({"facts": {"fraud_confirm": True}}, "WORD-UNKNOWN facts.fraud_confirm"),
        ({"facts": {"grade": 4}}, "WORD-UNKNOWN facts.grade"),
        ({"facts": {"clean_periods": 2}}, "WORD-UNKNOWN facts.clean_periods"),
        ({"facts": {"permit_valid": "yes"}}, "WORD-UNKNOWN facts.permit_valid"),
        ({"facts": {"exceed_90d_hours": "many"}}, "NUMBER facts.exceed_90d_hours"),
        ({"facts": {"exceed_90d_hours": [1]}}, "NUMBER facts.exceed_90d_hours"),
        ({"facts": {"cems_completeness": 82}}, "NUMBER-PHYSICAL facts.cems_completeness"),
        ({"facts": {"data_confidence": 5}}, "WORD-UNKNOWN facts.data_confidence"),
    ],
)
def test_a_wrong_value_is_told_by_code_and_field(stated: dict[str, Any], begins: str) -> None:
    assert _refusal(stated).startswith(begins + ":")


def test_what_is_not_stated_is_unknown_and_what_nobody_asks_for_is_listed() -> None:
    found = checked({"name": "甲", "releases": [{**BENZENE, "emission_kg": None, "stack": 1}]}, RULES, UNITS)
    assert found.ignored == ("name", "releases[0].stack") and math.isnan(found.releases[0].emission_kg)
    assert all(math.isnan(number) for number in found.numbers.values())
    assert (found.enterprise_id, found.is_unmonitored, found.confidence, found.facts) == (None, None, None, {})
    assert checked({"facts": {"permit_valid": None}}, RULES, UNITS).facts == {"permit_valid": None}


def test_of_two_receptor_loads_the_better_counts_and_the_other_is_listed() -> None:
    both = {"receptor_load_person_s_m3": 0.1, "people_within_1km": 5}
    assert checked(both, RULES, UNITS).ignored == ("people_within_1km",)
    assert checked({**both, "receptor_load_person_s_m3": None}, RULES, UNITS).ignored == ()


def test_a_refusal_is_one_short_line_whatever_the_file_says() -> None:
    for stated in ({"facts": {"x" * 100_000: 1}}, {"data_confidence": ["y" * 100_000]}, {"facts": {"\r\n\x07": 1}}):
        told = _refusal(stated)
        assert len(told) < 2_000 and told.isprintable()


def test_a_decimal_may_be_text_as_packages_write_it() -> None:
    stated = {"releases": [{**BENZENE, "emission_kg": "1.5e3", "unit": "kg/a"}], "facts": {"exceed_90d_hours": "0"}}
    found = checked(stated, RULES, UNITS)
    assert found.releases[0].emission_kg == 1500 and found.facts == {"exceed_90d_hours": 0}


ODD = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("enterprise_id", "releases", "people_within_1km", "management_score", "data_confidence", "facts",
          "carcinogen_unmonitored", "sensitive_cancer_risk")  # fmt: skip


@given(st.dictionaries(st.sampled_from(FIELDS), ODD | st.lists(st.fixed_dictionaries(dict.fromkeys(BENZENE, ODD)))))
def test_odd_values_are_read_or_refused_and_nothing_else(stated: dict[str, Any]) -> None:
    try:
        found = checked(stated, RULES, UNITS)
        assert all(release.emission_kg >= 0 or math.isnan(release.emission_kg) for release in found.releases)
    except UsageError as refused:
        assert str(refused).partition(" ")[0].isupper() and " / " in str(refused)


@given(st.binary(max_size=60) | ODD.map(lambda value: json.dumps(value).encode()))
def test_odd_bytes_are_read_or_refused_and_nothing_else(content: bytes) -> None:
    try:
        assert isinstance(parsed(content), dict)
    except UsageError as refused:
        assert str(refused).split(" ")[0] in {"FILE-TYPE", "ENCODING", "NUMBER", "DUP-DIFF"}
