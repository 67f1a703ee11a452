"""Equations of occupational exposure in dbt/macros/occupational.sql against published figures."""

from __future__ import annotations

import duckdb
import pytest
from jinja2 import Environment, FileSystemLoader

from ehpilot.project import DBT_DIR

EQUATIONS = Environment(loader=FileSystemLoader(DBT_DIR / "macros")).get_template("occupational.sql").module


def value(macro: str, *arguments: float) -> float:
    """Result of one equation for plain numbers."""
    (found,) = duckdb.sql(f"select {getattr(EQUATIONS, macro)(*arguments)}").fetchone() or (None,)
    return float(found)  # type: ignore[arg-type]


@pytest.mark.parametrize(("hours", "factor"), [(8, 1.0), (10, 0.7), (12, 0.5), (16, 0.25), (6, 1.0)])
def test_a_long_shift_lowers_the_limit_as_brief_and_scala_do(hours: float, factor: float) -> None:
    """Brief and Scala (1975), Am. Ind. Hyg. Assoc. J. 36, 467, as ACGIH and GBZ 2.1 take it: 0.7 for ten hours, half
    for twelve; a short shift raises no limit."""
    assert value("day_reduction_factor", hours) == pytest.approx(factor, abs=1e-9)


@pytest.mark.parametrize(("hours", "factor"), [(40, 1.0), (56, 0.625), (48, 0.78125), (20, 1.0)])
def test_a_long_week_lowers_the_limit(hours: float, factor: float) -> None:
    """40/h × (168 - h)/128; seven days of eight hours, 56 h: 0.71 × 0.875."""
    assert value("week_reduction_factor", hours) == pytest.approx(factor, abs=1e-9)


@pytest.mark.parametrize(
    ("hazard", "exposure", "grade"), [(5, 2, 3), (1, 1, 1), (5, 5, 5), (4, 1, 2), (3, 4, 3), (2, 3, 2)]
)
def test_composite_grade_is_the_rounded_geometric_mean(hazard: int, exposure: int, grade: int) -> None:
    """GBZ/T 298-2017, 6.4: √(HR × ER)."""
    assert value("gbz298_class", hazard, exposure) == grade
