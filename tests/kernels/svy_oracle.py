"""The library svy, as a second reckoner of survey estimates: the one module that knows its names, which change from
release to release. Does not belong here: expectations (``test_survey_oracle``)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
import svy
from numpy.typing import ArrayLike


class Found(NamedTuple):
    """An estimate with its standard error and t interval (of a proportion: on the logit scale) and its number of
    units."""

    value: float
    error: float
    low: float
    high: float
    n: int


class Reckoner:
    """A sample of n units by its columns: weights, strata, PSUs and any others, labels as text. ``population`` is the
    number of PSUs in a unit's stratum, for a finite population correction. A PSU alone in its stratum is centred at the
    grand mean."""

    def __init__(
        self, weights: ArrayLike, strata: ArrayLike, psus: ArrayLike, population: ArrayLike | None = None, **columns
    ) -> None:
        table = {"w": np.asarray(weights, dtype=float), "h": _text(strata), "p": _text(psus)}
        if population is not None:
            table["population"] = np.asarray(population, dtype=float)
        table |= {name: np.asarray(column) for name, column in columns.items()}
        design = svy.Design(
            stratum="h", psu="p", wgt="w", pop_size=None if population is None else "population", singleton="center"
        )
        self._sample = svy.Sample(pl.DataFrame({name: column.tolist() for name, column in table.items()}), design)

    def raked(self, **margins: dict[str, float]) -> Reckoner:
        """The sample with weights that meet the population totals of each column's levels."""
        made = object.__new__(Reckoner)
        made._sample = self._sample.weighting.rake(controls=margins, wgt_name="raked", tol=1e-10)
        return made

    def mean(self, column: str) -> Found:
        return _rows(self._sample.estimation.mean(column))[0]

    def means_by(self, column: str, domain: str) -> list[Found]:
        """Means of each level of the domain, in the order of the levels."""
        return _rows(self._sample.estimation.mean(column, by=domain), domain)

    def ratio(self, numerator: str, denominator: str) -> Found:
        return _rows(self._sample.estimation.ratio(numerator, denominator))[0]

    def proportion(self, column: str) -> Found:
        """Share of the units where the column of 0 and 1 is 1."""
        return _rows(self._sample.estimation.prop(column), column)[1]

    def design_effect(self, column: str) -> float:
        """Variance over that of a simple random sample with replacement."""
        return float(self._sample.estimation.mean(column, deff="wr").to_polars()["deff"][0])


def _text(labels: ArrayLike) -> np.ndarray:
    return np.asarray(labels).astype(str)


def _rows(result, order: str | None = None) -> list[Found]:
    table = result.to_polars()
    rows = (table.sort(order) if order else table).iter_rows(named=True)
    return [Found(row["est"], row["se"], row["lci"], row["uci"], row["n"]) for row in rows]
