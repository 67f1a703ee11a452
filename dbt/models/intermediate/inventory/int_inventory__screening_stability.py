"""How the order of pollutants changes when one criterion is left out; the method is the kernel's."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ehpilot.kernels.screening import leave_one_out, rank_correlations

CRITERIA = ("hazard", "release", "exposure", "detection")


def model(dbt, session):
    """One row a criterion that is left out, and one for the RSEI-style order; null below three rows."""
    rows = dbt.ref("int_inventory__pollutants_scored").order("pollutant_id").fetchnumpy()
    described = dbt.ref("int_inventory__pollutants_described").order("pollutant_id").fetchnumpy()
    parameters = dict(dbt.ref("int_parameter__values_chosen").project("parameter_id, value").fetchall())

    def doubles(columns, name):
        return np.ma.filled(np.ma.asarray(columns[name], dtype=float), np.nan)

    score = doubles(rows, "score")
    criteria = np.column_stack([doubles(rows, f"{name}_score") for name in CRITERIA])
    criteria[np.isnan(score)] = np.nan
    weights = np.array([parameters[f"screening.weight_{name}"] for name in CRITERIA])
    found = leave_one_out(criteria, weights, parameters["screening.minimum_known_weight"])
    rsei = doubles(described, "exposure_sum")
    both = ~np.isnan(score) & ~np.isnan(rsei)
    found.append((*rank_correlations(score[both], rsei[both]), int(both.sum())))
    values = np.array([pair[:2] for pair in found], dtype=float)
    return pa.table(
        {
            "scenario": pa.array([f"without_{name}" for name in CRITERIA] + ["rsei_style"], pa.string()),
            "spearman": pa.array(values[:, 0], pa.float64(), mask=np.isnan(values[:, 0])),
            "kendall": pa.array(values[:, 1], pa.float64(), mask=np.isnan(values[:, 1])),
            "pollutant_count": pa.array([pair[2] for pair in found], pa.int32()),
        }
    )
