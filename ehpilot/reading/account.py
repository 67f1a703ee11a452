"""An emission from the coefficient manual of an edition: activity times factor, with its interval and the manual's row.

Derived factors that may be published go before those that were published earlier (the area's last release, the
literature). The interval is that of one further plant (prediction) where it is known, else of the factor, else that of
its letter. With an efficiency and a share of running time what a plant produces becomes what it releases,
E = A EF (1 - η k); such factors are of the state ``uncontrolled``. Stage, medium and state may be
codes or their labels (生产过程, 大气); an output in another unit of the same quantity is converted.

Belongs here: finding rows, one multiplication. Does not belong here: deriving factors (kernels), printing.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from ehpilot.errors import UsageError
from ehpilot.kernels import accounting_equations
from ehpilot.reading.edition import code_labels, has_table, open_marts

UNIT = "kg"
OPTIONS = {
    "pollutant_id": "--pollutant", "stage": "--stage", "medium": "--medium", "control_state": "--control",
    "technology_id": "--technology",
}  # fmt: skip
DERIVED = """
    select factor_id, version, process_id, product, stage, medium, pollutant_id, control_state, technology_id,
        scale_class, factor, unit, coalesce(prediction_low, ci_low) as low, coalesce(prediction_high, ci_high) as high,
        case
            when prediction_low is not null then 'prediction' when ci_low is not null then 'confidence'
        end as interval,
        method, interval_method, rating, representativeness, n_enterprises, applicability, 'derived' as source,
        1 as place
    from emission_factor.factor where is_published and factor is not null
"""
REFERENCE = """
    select factor_id, version, process_id, product, stage, medium, pollutant_id, control_state, null as technology_id,
        null as scale_class, factor, unit, factor_low as low, factor_high as high,
        case when is_interval_stated then 'stated' else 'rating' end as interval,
        origin_kind as method, null as interval_method, rating, representativeness, n_enterprises,
        case when verified = 'memory' then '待核' end as applicability, source,
        case origin_kind when 'released' then 2 else 3 end as place
    from emission_factor.reference_factor
"""


@dataclass(frozen=True)
class Question:
    """What is asked: process (id or name), product, activity in ``unit`` of product, and what narrows the rows down,
    codes or labels; ``pollutant``: an id, or several. ``efficiency`` and ``running``: η and k, 0-1, or None."""

    process: str
    product: str
    activity: float
    unit: str = "t"
    pollutant: str | tuple[str, ...] = ""
    stage: str = ""
    medium: str = ""
    control: str = ""
    technology: str = ""
    efficiency: float | None = None
    running: float | None = None


def account(edition: Path, question: Question) -> list[dict[str, Any]]:
    """Emissions, the best row of the manual first of each pollutant, stage, medium and state: ``emission_low``,
    ``emission``, ``emission_high`` (None where unknown), ``unit``, ``method``, ``factor_id``, ``version``, and the row
    itself. UsageError for a wrong question, or one that the manual has no row for; it begins with its reason code:
    ``ACTIVITY-UNKNOWN``, ``ACTIVITY-ZERO``, ``ACTIVITY-NEGATIVE``, ``EFFICIENCY-RANGE``, ``EFFICIENCY-ALONE``,
    ``PROCESS-UNKNOWN``, ``PRODUCT-OTHER``, ``UNIT-MIXED`` (the manual counts in another unit), ``FACTOR-NONE``,
    ``EMISSION-UNKNOWN`` (too large for a number)."""
    _check(question)
    with open_marts(edition) as connection:
        if not has_table(connection, "emission_factor.factor"):
            raise UsageError(
                f"{edition}: this edition has no manual; build a newer one / 该版次没有系数手册，请用新版次"
            )
        process = _process(connection, question.process)
        wanted = _wanted(connection, question)
        units = _masses(connection)
        elsewhere = _products_elsewhere(connection, process)
        rows = connection.execute(
            f"select * from ({DERIVED} union all {REFERENCE}) where process_id in (?, ?) "
            "order by pollutant_id, medium, stage nulls first, control_state nulls last, place, process_id <> ?, "
            "technology_id nulls first, scale_class nulls first, rating, factor_id",
            [process["process_id"], process["parent_id"], process["process_id"]],
        ).fetch_arrow_table()
    all_rows = rows.to_pylist()
    _check_product(question.product, process, all_rows, elsewhere)
    asked = [row for row in all_rows if all(row[name] in words for name, words in wanted.items())]
    found = [row | {"activity": _activity(question, row["unit"], units)} for row in asked]
    found = [row for row in found if row["activity"] is not None]
    if asked and not found:
        stated = ", ".join(sorted({str(row["unit"]) for row in asked}))
        raise _wrong(
            "UNIT-MIXED",
            f"the manual's factors of {process['process_id']} are in {stated}, not for an output in {question.unit}",
            f"手册中 {process['process_id']} 的系数单位为 {stated}，产量单位不能是 {question.unit}",
        )
    if not found or wanted.get("pollutant_id", set()) - {row["pollutant_id"] for row in found}:
        raise _none(process["process_id"], all_rows, wanted)
    return [_answer(row, question) for row in _best(found, question)]


def _wrong(code: str, english: str, chinese: str) -> UsageError:
    return UsageError(f"{code}: {english} / {code}：{chinese}")


def _check(question: Question) -> None:
    activity = question.activity
    if not (math.isfinite(activity) and activity > 0):
        code = "ACTIVITY-ZERO" if activity == 0 else "ACTIVITY-NEGATIVE" if activity < 0 else "ACTIVITY-UNKNOWN"
        raise _wrong(code, f"--activity must be above 0: {activity:g}", f"--activity 必须大于0：{activity:g}")
    for name, value in (("--efficiency", question.efficiency), ("--running", question.running)):
        if value is not None and not 0 <= value <= 1:
            raise _wrong(
                "EFFICIENCY-RANGE", f"{name} is a share from 0 to 1: {value:g}", f"{name} 应在0到1之间：{value:g}"
            )
    if (question.efficiency is None) != (question.running is None):
        raise _wrong(
            "EFFICIENCY-ALONE", "give --efficiency and --running together", "--efficiency 与 --running 须同时给出"
        )
    if question.efficiency is not None and question.control == "controlled":
        raise _wrong(
            "FACTOR-NONE",
            "an efficiency applies to what is produced: --control uncontrolled",
            "去除率只用于产生量：--control uncontrolled",
        )


def _process(connection: duckdb.DuckDBPyConnection, word: str) -> dict[str, Any]:
    """The process that an id or a name says, case aside."""
    rows = connection.execute("select process_id, name_cn, product, parent_id from core.dim_process").fetchall()
    plain = word.strip().lower()
    hits = [row for row in rows if plain == row[0].lower()] or [row for row in rows if plain == row[1].lower()]
    if len(hits) != 1:
        makers = [row[0] for row in rows if plain and plain in f"{row[1]} {row[2] or ''}".lower()][:6]
        names = [row[0] for row in rows] + [row[1] for row in rows]
        near = makers or difflib.get_close_matches(word.strip(), names, n=3, cutoff=0.4)
        english = f"did you mean {', '.join(near)}?" if near else "see core.dim_process"
        chinese = f"是否为 {'、'.join(near)}？" if near else "见 core.dim_process"
        raise _wrong("PROCESS-UNKNOWN", f"unknown process {word!r}; {english}", f"未知的工艺 {word!r}；{chinese}")
    return dict(zip(("process_id", "name_cn", "product", "parent_id"), hits[0], strict=True))


def _products_elsewhere(connection: duckdb.DuckDBPyConnection, process: Mapping[str, Any]) -> set[str]:
    """Products of the processes that are neither this one nor its class, in lower case."""
    rows = connection.execute(
        "select lower(product) from core.dim_process where product is not null and process_id not in (?, ?)",
        [process["process_id"], process["parent_id"] or ""],
    ).fetchall()
    return {row[0] for row in rows}


def _check_product(product: str, process: Mapping[str, Any], rows: list[dict[str, Any]], elsewhere: set[str]) -> None:
    """A product that the process does not make is a mistake; one name may hold the other (聚氯乙烯, 聚氯乙烯树脂), but
    not the name of what another process makes (乙烯 in 聚氯乙烯)."""
    known = {process["product"], process["name_cn"], *(row["product"] for row in rows)} - {None}
    plain, own = product.strip().lower(), {name.lower() for name in known}
    held = len(plain) > 1 and plain not in elsewhere and any(plain in name or name in plain for name in own)
    if plain not in own and not held:
        raise _wrong(
            "PRODUCT-OTHER",
            f"{process['process_id']} makes {', '.join(sorted(known))}, not {product.strip() or 'nothing'}",
            f"{process['process_id']} 的产品是{'、'.join(sorted(known))}，不是{product.strip() or '空白'}",
        )


def _wanted(connection: duckdb.DuckDBPyConnection, question: Question) -> dict[str, set[str]]:
    """Codes that each column may have, by column; a word that is no label stands as it is."""
    control = "uncontrolled" if question.efficiency is not None else question.control
    pollutants = (question.pollutant,) if isinstance(question.pollutant, str) else question.pollutant
    found = {"pollutant_id": {word.strip() for word in pollutants if word.strip()}}
    labels = {(code_set, label): code for (code_set, code), label in code_labels(connection).items()}
    for column, code_set, word in (
        ("stage", "stage_of_process", question.stage), ("medium", "medium_of_emission", question.medium),
        ("control_state", "control_state", control), ("technology_id", "", question.technology),
    ):  # fmt: skip
        found[column] = {labels.get((code_set, word.strip()), word.strip().lower())} if word.strip() else set()
    return {column: words for column, words in found.items() if words}


def _masses(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, float]]:
    """Quantity of each unit and its factor to that quantity's unit; empty where the edition has none."""
    if not has_table(connection, "core.unit_conversion"):
        return {}
    rows = connection.execute("select unit, quantity, factor from core.unit_conversion order by quantity").fetchall()
    return {unit: (quantity, factor) for unit, quantity, factor in rows}


def _activity(question: Question, factor_unit: str, units: Mapping[str, tuple[str, float]]) -> float | None:
    """The output in the unit that a factor counts in; None where the two are of no common quantity."""
    unit = factor_unit.removeprefix(f"{UNIT}/")
    if unit == question.unit:
        return question.activity
    stated, counted = units.get(question.unit), units.get(unit)
    if stated is None or counted is None or stated[0] != counted[0]:
        return None
    return question.activity * stated[1] / counted[1]


def _none(process_id: str, rows: list[dict[str, Any]], wanted: Mapping[str, set[str]]) -> UsageError:
    """What was asked for that the manual has not, and what it has of that process."""
    for column, words in wanted.items():
        there = sorted({str(row[column]) for row in rows if row[column] is not None})
        asked = ", ".join(sorted(words - set(there)))
        if rows and asked:
            return _wrong(
                "FACTOR-NONE",
                f"the manual has no factor for {process_id} of {OPTIONS[column]} {asked}; "
                f"it has {', '.join(there) or 'none'}",
                f"手册中没有 {process_id} {asked} 的系数，只有{'、'.join(there) or '不分此项的系数'}",
            )
    return _wrong(
        "FACTOR-NONE",
        f"the manual has no factor for {process_id}" + (" of this question" if rows else ""),
        f"手册中没有 {process_id} " + ("符合条件的系数" if rows else "的系数"),
    )


def _best(rows: list[dict[str, Any]], question: Question) -> list[dict[str, Any]]:
    """The first row of each pollutant, medium, stage and state; of one process before its parent."""
    chosen: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        chosen.setdefault((row["pollutant_id"], row["medium"], row["stage"], row["control_state"]), row)
    # what is asked for without further words is what a plant releases, best known first
    return sorted(
        chosen.values(),
        key=lambda row: (row["place"], row["control_state"] != "controlled", row["rating"] or "F", row["pollutant_id"]),
    )


def _answer(row: dict[str, Any], question: Question) -> dict[str, Any]:
    def emission(factor: float | None) -> float | None:
        if factor is None:
            return None
        eta, running = question.efficiency or 0.0, question.running or 0.0
        with np.errstate(over="ignore"):
            found = float(accounting_equations.with_treatment_kg(np.float64(row["activity"]), factor, eta, running))
        if not math.isfinite(found):
            raise _wrong("EMISSION-UNKNOWN", "--activity is too large for a number", "--activity 太大，算不出排放量")
        return found

    return {
        "emission_low": emission(row["low"]),
        "emission": emission(row["factor"]),
        "emission_high": emission(row["high"]),
        "unit": UNIT,
        "method": row["method"],
        "factor_id": row["factor_id"],
        "version": row["version"],
        "interval": row["interval"],
        "efficiency": question.efficiency,
        "running": question.running,
        "row": {name: value for name, value in row.items() if name not in ("place", "activity")},
    }
