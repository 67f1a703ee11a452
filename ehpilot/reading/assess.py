"""Grade and colour of one enterprise by the cuts and rules that an edition holds, for a platform that embeds them.

The input (docs/commands.md): releases with medium and kg/a, receptor load or people within 1 km, management score,
risks at sensitive points, facts in the words of ``risk_grade.colour_rule``. What is not stated is unknown: it is named
in ``missing``, fires no rule and gives no milder grade. Clean periods and appeals belong to a code that was issued;
here the colour is what the rules say today.

Belongs here: reading the edition, calling the kernels. Does not belong here: what an input may say (``assess_input``),
the rules (kernels), printing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from ehpilot.errors import UsageError
from ehpilot.kernels import risk_code as codes
from ehpilot.kernels import source_grading as grading
from ehpilot.kernels.code_payload import rule_version
from ehpilot.reading.assess_input import FLAG, WORD, Enterprise, Release, checked, refuse
from ehpilot.reading.edition import has_table, open_marts

# whose weight a medium takes, as the seed emission_medium has it: the edition holds no seeds
WEIGHT_OF_MEDIUM = {"air": "inhalation", "water": "oral"}
CUTS = ("grading.hl_cut_1", "grading.hl_cut_2", "grading.hl_cut_3", "grading.rc_cut_1", "grading.rc_cut_2")


def assess(edition: Path, enterprise: Mapping[str, Any]) -> dict[str, Any]:
    """What the edition's rules make of one enterprise. UsageError without cuts, or for a wrong input, which it names
    by a reason code (``assess_input``)."""
    with open_marts(edition) as connection:
        if not has_table(connection, "risk_grade.colour_rule"):
            raise UsageError(f"{edition}: this edition holds no grades; build a newer one / 该版次没有分级，请用新版次")
        parameters = _parameters(connection)
        rules = _rules(connection)
        units = dict(connection.execute("select fact, max(unit) from risk_grade.colour_rule group by fact").fetchall())
        stated = checked(enterprise, rules, units)
        loads, unweighted, unstated = _loads(connection, stated.releases)
    lines = _grading_rules(parameters)
    facts = {**stated.facts, **_told(stated, lines)}
    graded, missing = _graded(stated, facts, parameters, lines, loads, bool(unweighted or unstated))
    facts["grade"] = graded["grade"]
    computed = codes.computed(rules, facts)
    near = codes.warnings(rules, facts, _distances(stated, lines, rules), computed.colour)
    return {
        "enterprise_id": stated.enterprise_id,
        "edition": edition.name,
        **graded,
        "without_weight": unweighted,
        "colour": computed.colour,
        "rules": list(computed.rule_ids),
        "rule_version": rule_version(rules),
        "warnings": [{"rule_id": rule_id, "distance": left} for rule_id, left in near],
        "missing": [*missing, *unstated, *(f"facts.{fact}" for fact in computed.unknown)],
        "ignored": list(stated.ignored),
    }


def _told(stated: Enterprise, lines: grading.Rules) -> dict[str, codes.Value]:
    """Facts that the input tells elsewhere too: the risks at sensitive points, the unmonitored carcinogen, the
    confidence. What is stated twice must be the same."""
    risk, index = stated.numbers["sensitive_cancer_risk"], stated.numbers["sensitive_hazard_index"]
    told: dict[str, codes.Value] = {FLAG: stated.is_unmonitored, WORD: stated.confidence}
    if not (math.isnan(risk) and math.isnan(index)):
        for fact, (risk_line, index_line) in _risk_lines(lines).items():
            told[fact] = risk >= risk_line or index >= index_line
    told = {fact: value for fact, value in told.items() if value is not None}
    for fact, value in told.items():
        if stated.facts.get(fact) not in (None, value):
            refuse("DUP-DIFF", f"facts.{fact}", "the rest of the input says otherwise", "与其余字段不一致", value)
    return told


def _risk_lines(lines: grading.Rules) -> dict[str, tuple[float, float]]:
    """Fact of a veto: cancer risk and hazard index from which it is true."""
    return {
        "sensitive_cr_or_hi": (lines.red_cancer_risk, lines.red_hazard_index),
        "sensitive_cr_or_hi_mid": (lines.orange_cancer_risk, lines.orange_hazard_index),
    }


def _distances(stated: Enterprise, lines: grading.Rules, rules: list[codes.Rule]) -> dict[str, float]:
    """Orders of magnitude to a veto of risk by rule, as int_risk_grade__code_distances_measured has them."""
    risk, index = stated.numbers["sensitive_cancer_risk"], stated.numbers["sensitive_hazard_index"]
    found: dict[str, float] = {}
    for rule in rules:
        if rule.fact in _risk_lines(lines):
            of_risk, of_index = _risk_lines(lines)[rule.fact]
            left = [math.log10(line / value) for line, value in ((of_risk, risk), (of_index, index)) if value > 0]
            found |= {rule.rule_id: min(left)} if left else {}
    return found


def _graded(
    stated: Enterprise, facts: Mapping[str, codes.Value], parameters: Mapping[str, float], rules: grading.Rules,
    loads: dict[str, float], is_incomplete: bool,
) -> tuple[dict[str, Any], list[str]]:  # fmt: skip
    hazard = sum(loads.values()) if loads else math.nan
    receptor = stated.numbers["receptor_load_person_s_m3"]
    if math.isnan(receptor):
        receptor = stated.numbers["people_within_1km"] * parameters["grading.ring_chi_over_q"]
    score = stated.numbers["management_score"]
    steps = grading.management_steps([score], rules.worse_below, rules.milder_from)
    floors = grading.veto_floors(
        [stated.numbers["sensitive_cancer_risk"]],
        [stated.numbers["sensitive_hazard_index"]],
        [facts.get(FLAG) is True],
        [facts.get(WORD) == "low"],
        [is_incomplete],
        rules,
    )
    (grade,) = grading.grades([hazard], [receptor], steps, floors, rules).tolist()
    (share,) = grading.reduction_to_next([hazard], [receptor], steps, floors, rules).tolist()
    unknown = {"releases": hazard, "people_within_1km": receptor, "management_score": score}
    with np.errstate(divide="ignore"):
        (hazard_class,) = grading.classes(np.log10([hazard]), rules.hazard_cuts).tolist()
    (receptor_class,) = grading.classes([receptor], rules.receptor_cuts).tolist()
    drivers = sorted(loads.items(), key=lambda item: (-item[1], item[0]))[:3]
    return {
        "grade": grade if grade > 0 else None,
        "hazard_class": hazard_class if hazard_class > 0 else None,
        "receptor_class": receptor_class if receptor_class > 0 else None,
        "management_step": int(steps[0]),
        "mildest_by_veto": int(floors[0]),
        "reduction_share": None if math.isnan(share) else share,
        "drivers": [{"pollutant_id": key, "share": value / hazard} for key, value in drivers if hazard > 0],
    }, [name for name, value in unknown.items() if math.isnan(value)]


def _loads(
    connection: duckdb.DuckDBPyConnection, releases: Sequence[Release]
) -> tuple[dict[str, float], list[str], list[str]]:
    """Weighted kg by substance; substances without a weight of their own route; releases whose amount nobody states.
    UsageError for a substance that the edition does not know."""
    known = {row[0] for row in connection.execute("select pollutant_id from core.dim_pollutant").fetchall()}
    weights = {
        (medium, pollutant): weight
        for medium, route in WEIGHT_OF_MEDIUM.items()
        for pollutant, weight in connection.execute(
            f"select pollutant_id, {route}_weight from core.toxicity_weight where not {route}_is_borrowed"
        ).fetchall()
    }
    loads: dict[str, float] = {}
    unweighted, unstated = set(), []
    for number, release in enumerate(releases):
        if release.pollutant_id not in known:
            words = ("the edition knows no such pollutant_id (a CAS number)", "该版次没有这一污染物编号（CAS 号）")
            refuse("POLLUTANT-UNKNOWN", f"releases[{number}].pollutant_id", *words, release.pollutant_id)
        weight = weights.get((release.medium, release.pollutant_id))
        if weight is None:
            unweighted.add(release.pollutant_id)
        elif math.isnan(release.emission_kg):
            unstated.append(f"releases[{number}].emission_kg")
        else:
            loads[release.pollutant_id] = loads.get(release.pollutant_id, 0.0) + release.emission_kg * weight
    return loads, sorted(unweighted), unstated


def _parameters(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    rows = connection.execute(
        "select parameter_id, try_cast(value as double) from meta.parameter_used where parameter_id like 'grading.%' "
        "union all select cut_id, value from risk_grade.grade_cut"
    ).fetchall()
    found = {name: value for name, value in rows if value is not None}
    if missing := [cut for cut in CUTS if cut not in found]:
        raise UsageError(f"the edition has no cut {missing[0]}: it graded no source / 该版次没有分级界 {missing[0]}")
    return found


def _grading_rules(parameters: Mapping[str, float]) -> grading.Rules:
    return grading.Rules(
        hazard_cuts=[parameters[name] for name in CUTS[:3]],
        receptor_cuts=[parameters[name] for name in CUTS[3:]],
        worse_below=parameters["grading.management_worse_below"],
        milder_from=parameters["grading.management_milder_from"],
        red_cancer_risk=parameters["grading.veto_cr_red"],
        red_hazard_index=parameters["grading.veto_hi_red"],
        orange_cancer_risk=parameters["grading.veto_cr_orange"],
        orange_hazard_index=parameters["grading.veto_hi_orange"],
    )


def _rules(connection: duckdb.DuckDBPyConnection) -> list[codes.Rule]:
    rows = connection.execute(
        "select rule_id, kind, coalesce(colour_from, ''), coalesce(colour_to, ''), coalesce(fact, ''), "
        "coalesce(operator, ''), coalesce(threshold, ''), clean_periods, validity_days, warning_distance, precedence "
        "from risk_grade.colour_rule order by rule_id"
    ).fetchall()
    return [codes.Rule(*row) for row in rows]
