"""Sums of emissions with their 95 % intervals, errors of one group taken as one; the arithmetic is the kernel's."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ehpilot.kernels.uncertainty import NORMAL_LIMIT, totals

KEY = "scope_kind, scope_id, medium, pollutant_id, year"
NUMBERED = f"""
    select {KEY}, error_group, emission_t, half_width,
           dense_rank() over (order by {KEY}) - 1 as total_no,
           dense_rank() over (order by error_group) - 1 as group_no
    from terms
    order by total_no, error_group, enterprise_id, outlet_id
"""


def _or_null(values):
    """Doubles with nan as null, as an Arrow array."""
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def model(dbt, session):
    """One row a total: scope, medium, pollutant, year, its interval and the group of rows that decides its width."""
    numbered = dbt.ref("int_inventory__emission_terms_gathered").query("terms", NUMBERED)
    rows = numbered.fetchnumpy()
    found = totals(rows["emission_t"], rows["half_width"], rows["total_no"], rows["group_no"])
    keys = [name.strip() for name in KEY.split(",")]
    _, first = np.unique(rows["total_no"], return_index=True)
    group_names = np.full(int(rows["group_no"].max(initial=-1)) + 1, None, dtype=object)
    group_names[rows["group_no"]] = rows["error_group"]
    types = [pa.string(), pa.string(), pa.string(), pa.string(), pa.int32()]
    columns = {key: pa.array(np.ma.getdata(rows[key])[first], type_) for key, type_ in zip(keys, types, strict=True)}
    return pa.table(
        columns
        | {
            "emission_t": _or_null(found.value),
            "emission_low_t": _or_null(found.low),
            "emission_high_t": _or_null(found.high),
            "half_width": _or_null(found.uncertainty),
            "interval_form": pa.array(
                np.where(found.uncertainty > NORMAL_LIMIT, "lognormal", "normal"), pa.string(),
                mask=np.isnan(found.uncertainty),
            ),
            "row_count": pa.array(found.terms, pa.int32()),
            "error_group_count": pa.array(found.groups, pa.int32()),
            "leading_error_group": pa.array(group_names[found.leading_group], pa.string()),
            "leading_error_share": _or_null(found.leading_share),
        }
    )  # fmt: skip
