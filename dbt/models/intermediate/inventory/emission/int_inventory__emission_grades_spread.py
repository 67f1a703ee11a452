"""The 95 % interval of one tonne for each quality grade; the form of the interval is the kernel's."""

from __future__ import annotations

import pyarrow as pa

from ehpilot.kernels.uncertainty import interval_factors


def model(dbt, session):
    """One row a grade: half width as a share, low and high end for a value of 1."""
    grades = dbt.ref("emission_uncertainty").order("quality").project("quality, half_width").fetchnumpy()
    low, high = interval_factors(grades["half_width"])
    return pa.table(
        {
            "quality": pa.array(grades["quality"], pa.string()),
            "half_width": pa.array(grades["half_width"], pa.float64()),
            "low_factor": pa.array(low, pa.float64()),
            "high_factor": pa.array(high, pa.float64()),
        }
    )
