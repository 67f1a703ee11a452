"""Grade and colour of one enterprise by the cuts and rules that an edition holds, for a platform that embeds them.

The input is JSON (docs/grading.md): releases with medium and kg/a, receptor load or people within 1 km, management
score, risks at sensitive points, facts in the words of ``risk_grade.colour_rule``. What is not stated is unknown: it is
named in ``missing``, fires no rule and gives no milder grade. Clean periods and appeals belong to a code that was
issued; here the colour is what the rules say today.

Belongs here: reading the edition and one input, calling the kernels. Does not belong here: the rules (kernels),
printing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from ehpilot.errors import UsageError
from ehpilot.kernels import risk_code as codes
from ehpilot.kernels import source_grading as grading
from ehpilot.reading.edition import has_table, open_marts

# whose weight a medium takes, as the seed emission_medium has it: the edition holds no seeds
WEIGHT_OF_MEDIUM = {"air": "inhalation", "water": "oral"}
CUTS = ("grading.hl_cut_1", "grading.hl_cut_2", "grading.hl_cut_3", "grading.rc_cut_1", "grading.rc_cut_2")


def assess(edition: Path, enterprise: Mapping[str, Any]) -> dict[str, Any]:
    """What the edition's rules make of one enterprise. UsageError without cuts, or for a wrong input."""
    with open_marts(edition) as connection:
        if not has_table(connection, "risk_grade.colour_rule"):
            raise UsageError(f"{edition}: this edition holds no grades; build a newer one / 该版次没有分级，请用新版次")
        parameters = _parameters(connection)
        rules = _rules(connection)
        loads, unweighted = _loads(connection, enterprise.get("releases") or [])
    graded, missing = _graded(enterprise, parameters, loads, unweighted)
    facts = {**(enterprise.get("facts") or {}), "grade": graded["grade"]}
    computed = codes.computed(rules, facts)
    return {
        "enterprise_id": enterprise.get("enterprise_id"),
        **graded,
        "colour": computed.colour,
        "rules": list(computed.rule_ids),
        "warnings": [{"rule_id": r, "distance": left} for r, left in codes.warnings(rules, facts, {}, computed.colour)],
        "missing": [*missing, *(f"facts.{fact}" for fact in computed.unknown)],
    }


def _graded(
    enterprise: Mapping[str, Any], parameters: Mapping[str, float], loads: dict[str, float], unweighted: list[str]
) -> tuple[dict[str, Any], list[str]]:
    rules = _grading_rules(parameters)
    hazard = sum(loads.values()) if loads else math.nan
    receptor = _number(enterprise, "receptor_load_person_s_m3")
    if math.isnan(receptor):
        receptor = _number(enterprise, "people_within_1km") * parameters["grading.ring_chi_over_q"]
    score = _number(enterprise, "management_score")
    steps = grading.management_steps([score], rules.worse_below, rules.milder_from)
    floors = grading.veto_floors(
        [_number(enterprise, "sensitive_cancer_risk")],
        [_number(enterprise, "sensitive_hazard_index")],
        [bool(enterprise.get("carcinogen_unmonitored", False))],
        [enterprise.get("data_confidence") == "low"],
        [bool(unweighted)],
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
        "without_weight": unweighted,
    }, [name for name, value in unknown.items() if math.isnan(value)]


def _loads(
    connection: duckdb.DuckDBPyConnection, releases: list[Mapping[str, Any]]
) -> tuple[dict[str, float], list[str]]:
    """Weighted kg by substance, and the substances without a weight of their own route."""
    loads: dict[str, float] = {}
    unweighted = []
    for release in releases:
        try:
            pollutant, medium, kg = release["pollutant_id"], release["medium"], float(release["emission_kg"])
            route = WEIGHT_OF_MEDIUM[medium]
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(
                f"a release needs pollutant_id, medium (air or water) and emission_kg: {release} / "
                f"排放记录须有 pollutant_id、medium（air 或 water）和 emission_kg：{release}"
            ) from error
        row = connection.execute(
            f"select {route}_weight from core.toxicity_weight where pollutant_id = ? and not {route}_is_borrowed",
            [pollutant],
        ).fetchone()
        if row is None or row[0] is None:
            unweighted.append(pollutant)
        else:
            loads[pollutant] = loads.get(pollutant, 0.0) + kg * row[0]
    return loads, sorted(set(unweighted))


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


def _number(enterprise: Mapping[str, Any], name: str) -> float:
    value = enterprise.get(name)
    if value is None:
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name} is no number: {value!r} / {name} 不是数字：{value!r}") from error
