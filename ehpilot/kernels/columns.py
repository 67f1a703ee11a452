"""Columns of an Arrow table as arrays, and arrays as columns.

Belongs here: how missing values look on either side. Does not belong here: any method; the warehouse
(``ehpilot.frames``).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray


def ordered(table: pa.Table, *names: str) -> pa.Table:
    """Rows by rising values of the named columns: texts by code point, missing last, equal rows in the order they came.
    A kernel sorts for itself, since an engine promises no order."""
    return table.sort_by([(name, "ascending") for name in names])


def doubles(table: pa.Table, name: str) -> NDArray[np.float64]:
    """A column of numbers as doubles, missing as NaN."""
    return np.asarray(table.column(name).to_numpy(), dtype=np.float64)


def flags(table: pa.Table, name: str) -> NDArray[np.bool_]:
    """A column of marks; missing is false: nobody set the mark."""
    return pc.fill_null(table.column(name), False).to_numpy().astype(np.bool_)


def texts(table: pa.Table, name: str, missing: str = "") -> list[str]:
    """A column of texts as a list; ``missing`` where there is none."""
    return [missing if text is None else text for text in table.column(name).to_pylist()]


def values_by(table: pa.Table, key: str, value: str = "value") -> dict[str, float]:
    """Numbers by the texts of a key column (seeds of parameters), missing as NaN; of equal keys the last row counts."""
    return dict(zip(texts(table, key), doubles(table, value).tolist(), strict=True))


def seed_of(build: pa.Table) -> int:
    """The seed of random draws that the running build has (column ``seed`` of ``intake.build``); 0 where it has
    none."""
    return int(pc.max(build.column("seed")).as_py() or 0)


def places_or_null(values: ArrayLike) -> pa.Array:
    """Ranks as 32-bit integers, -1 (no rank) as null."""
    ranks = np.asarray(values)
    return pa.array(ranks, pa.int32(), mask=ranks < 0)


def texts_or_null(values: list[Any]) -> pa.Array:
    """Texts with '' as null."""
    return pa.array([text or None for text in values], pa.string())
