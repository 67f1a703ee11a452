"""RSEI toxicity weights of every pollutant with a chosen value; the method is the kernel's."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ehpilot.kernels.screening import toxicity_weights


def _doubles(columns, name):
    """A column as doubles with null as nan."""
    return np.ma.filled(np.ma.asarray(columns[name], dtype=float), np.nan)


def _or_null(values):
    """Doubles with nan as null, as an Arrow array."""
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def model(dbt, session):
    """One row a pollutant: weights by route, dimensionless, and which of them the other route lent."""
    columns = dbt.ref("int_core__toxicity_gathered").order("pollutant_id").fetchnumpy()
    found = toxicity_weights(
        _doubles(columns, "unit_risk_per_mg_m3"),
        _doubles(columns, "slope_factor_per_mg_kg_d"),
        _doubles(columns, "reference_concentration_mg_m3"),
        _doubles(columns, "reference_dose_mg_kg_d"),
        np.asarray(columns["evidence_is_weak"], dtype=bool),
    )
    return pa.table(
        {
            "pollutant_id": pa.array(columns["pollutant_id"], pa.string()),
            "inhalation_weight": _or_null(found.inhalation),
            "oral_weight": _or_null(found.oral),
            "inhalation_is_borrowed": pa.array(found.inhalation_borrowed),
            "oral_is_borrowed": pa.array(found.oral_borrowed),
            "inhalation_is_cancer": pa.array(found.inhalation_is_cancer),
            "oral_is_cancer": pa.array(found.oral_is_cancer),
        }
    )
