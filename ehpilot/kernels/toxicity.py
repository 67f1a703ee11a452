"""Toxicity weights of pollutants: which of two releases deserves the first look, never how large a risk is.

Method: EPA, Risk-Screening Environmental Indicators (RSEI) model, "RSEI Toxicity-Data and Calculations", section
"Toxicity calculations". With IUR in 1/(mg/m³), SF in 1/(mg/(kg·d)), RfC in mg/m³ and RfD in mg/(kg·d):

    cancer      inhalation IUR / 2.8e-7    oral SF / 1e-6    a tenth of it for evidence of class C or D
    non-cancer  inhalation 3.5 / RfC       oral 1 / RfD

Each in two significant figures, halves up; the larger of the two counts; a route without any value takes that of the
other.

Valid for values above 0: blank, 0 and negative ones are no toxicity value. Missing is NaN and gives no weight, never 0.
Rows do not depend on each other: a table may be given in blocks.

Belongs here: the arithmetic. Does not belong here: which value of several counts
(``int_core__toxicity_gathered``), scores (``screening``).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from ehpilot.kernels.columns import doubles, flags, ordered

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

# RSEI's scale factors: what a value must be for a weight of one.
UNIT_RISK_OF_WEIGHT_ONE = 2.8e-7  # 1/(mg/m3)
SLOPE_FACTOR_OF_WEIGHT_ONE = 1e-6  # 1/(mg/(kg d))
REFERENCE_CONCENTRATION_OF_WEIGHT_ONE = 3.5  # mg/m3, from RfD 1 mg/(kg d) x 70 kg / 20 m3/d
REFERENCE_DOSE_OF_WEIGHT_ONE = 1.0  # mg/(kg d)
WEAK_EVIDENCE_DIVISOR = 10.0  # evidence class C or D
WEIGHT_DIGITS = 2
DECIMAL_DIGITS = 12  # digits of a quotient that are not noise of binary arithmetic


@dataclass(frozen=True)
class ToxicityWeights:
    """RSEI weights by pollutant, dimensionless, NaN where nothing is known. ``*_borrowed``: taken from the other
    route because this one has no value."""

    inhalation: Floats
    oral: Floats
    inhalation_borrowed: Booleans
    oral_borrowed: Booleans
    inhalation_is_cancer: Booleans
    oral_is_cancer: Booleans


def weigh_pollutants(values: pa.Table) -> pa.Table:
    """One row a pollutant, by ``pollutant_id``: weights of both routes (dimensionless, NaN unknown), whether the other
    route lent them, whether cancer decides them.

    ``values``: ``pollutant_id``, ``unit_risk_per_mg_m3``, ``slope_factor_per_mg_kg_d``,
    ``reference_concentration_mg_m3``, ``reference_dose_mg_kg_d``, ``evidence_is_weak`` (missing: not weak).
    """
    rows = ordered(values, "pollutant_id")
    found = toxicity_weights(
        doubles(rows, "unit_risk_per_mg_m3"),
        doubles(rows, "slope_factor_per_mg_kg_d"),
        doubles(rows, "reference_concentration_mg_m3"),
        doubles(rows, "reference_dose_mg_kg_d"),
        flags(rows, "evidence_is_weak"),
    )
    return pa.table(
        {
            "pollutant_id": rows["pollutant_id"],
            "inhalation_weight": found.inhalation,
            "oral_weight": found.oral,
            "inhalation_is_borrowed": found.inhalation_borrowed,
            "oral_is_borrowed": found.oral_borrowed,
            "inhalation_is_cancer": found.inhalation_is_cancer,
            "oral_is_cancer": found.oral_is_cancer,
        }
    )


def round_significant(values: ArrayLike, digits: int = WEIGHT_DIGITS) -> Floats:
    """Numbers rounded to ``digits`` significant figures, halves away from zero in decimal, as EPA's published weights
    are: 1/0.08 is 13, 1/0.008 is 130. NaN stays NaN.
    """
    array = np.asarray(values, dtype=float)
    rounded = (np.nan if np.isnan(value) else _rounded(float(value), digits) for value in array.ravel())
    return np.fromiter(rounded, dtype=float, count=array.size).reshape(array.shape)


def _rounded(value: float, digits: int) -> float:
    """One number; a quotient is read as the decimal number that it stands for before a half is looked for."""
    exact = Decimal(f"{value:.{DECIMAL_DIGITS - 1}e}")
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), rounding=ROUND_HALF_UP))


def _positive(values: ArrayLike) -> Floats:
    """Values with blank, zero and negative ones as NaN: none of them is a toxicity value."""
    array = np.array(values, dtype=float)
    array[~(array > 0)] = np.nan
    return array


def toxicity_weights(
    unit_risk_per_mg_m3: ArrayLike,
    slope_factor_per_mg_kg_d: ArrayLike,
    reference_concentration_mg_m3: ArrayLike,
    reference_dose_mg_kg_d: ArrayLike,
    evidence_is_weak: ArrayLike,
) -> ToxicityWeights:
    """RSEI toxicity weights for inhalation and oral intake.

    Cancer: IUR / 2.8e-7, SF / 1e-6, a tenth of it when the evidence class is C or D. Non-cancer: 3.5 / RfC, 1 / RfD.
    Each in two significant figures; the larger of the two counts; a route without any value takes that of the other
    and is marked. All arguments have shape (n,); blank is NaN. Reproduces EPA's published hazards (``tests/kernels``).
    """
    divisor = np.where(np.asarray(evidence_is_weak, dtype=bool), WEAK_EVIDENCE_DIVISOR, 1.0)
    inhalation_cancer = round_significant(_positive(unit_risk_per_mg_m3) / UNIT_RISK_OF_WEIGHT_ONE / divisor)
    oral_cancer = round_significant(_positive(slope_factor_per_mg_kg_d) / SLOPE_FACTOR_OF_WEIGHT_ONE / divisor)
    inhalation_other = round_significant(
        REFERENCE_CONCENTRATION_OF_WEIGHT_ONE / _positive(reference_concentration_mg_m3)
    )
    oral_other = round_significant(REFERENCE_DOSE_OF_WEIGHT_ONE / _positive(reference_dose_mg_kg_d))
    own_inhalation = np.fmax(inhalation_cancer, inhalation_other)
    own_oral = np.fmax(oral_cancer, oral_other)
    inhalation_borrowed = np.isnan(own_inhalation) & ~np.isnan(own_oral)
    oral_borrowed = np.isnan(own_oral) & ~np.isnan(own_inhalation)
    inhalation_rules = np.fmax(inhalation_cancer, -1.0) >= np.fmax(inhalation_other, 0.0)
    oral_rules = np.fmax(oral_cancer, -1.0) >= np.fmax(oral_other, 0.0)
    return ToxicityWeights(
        inhalation=np.where(inhalation_borrowed, own_oral, own_inhalation),
        oral=np.where(oral_borrowed, own_inhalation, own_oral),
        inhalation_borrowed=inhalation_borrowed,
        oral_borrowed=oral_borrowed,
        inhalation_is_cancer=np.where(inhalation_borrowed, oral_rules, inhalation_rules),
        oral_is_cancer=np.where(oral_borrowed, inhalation_rules, oral_rules),
    )
