"""The seam between the warehouse's engine and the kernels: relations in as Arrow, Arrow out as relations.

A Python model of dbt reads its inputs with :func:`read`, calls one kernel and gives the result back with :func:`give`;
so only this file knows which engine runs. Between the two an unknown number is NaN; in the warehouse it is null, and
NaN never gets there.

Why Arrow tables and not what the engine offers itself: a relation of DuckDB is a query that runs again with every
fetch, ``arrow()`` gives a reader that the next query of the same connection empties, ``fetchnumpy()`` hides null
behind masks that numpy functions drop, and a data frame turns whole numbers with a gap into doubles.

Does not belong here: arithmetic, sorting, choosing of rows (kernels, SQL models), opening a database (``warehouse``).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import duckdb


def read(relation: duckdb.DuckDBPyRelation) -> pa.Table:
    """All rows of what ``dbt.ref`` or ``dbt.source`` gave, in no promised order; null of a double as NaN, any other
    null as null."""
    return _with_doubles(relation.to_arrow_table(), _null_as_nan)


def give(table: pa.Table, session: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """A kernel's result as what the engine stores for a model, NaN as null. ``session`` is the model's second argument;
    the rows are written within its transaction."""
    return session.from_arrow(_with_doubles(table, _nan_as_null))


def _with_doubles(table: pa.Table, change: Callable[[pa.ChunkedArray], pa.ChunkedArray]) -> pa.Table:
    for place, field in enumerate(table.schema):
        if pa.types.is_floating(field.type):
            table = table.set_column(place, field.name, change(table.column(place)))
    return table


def _null_as_nan(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(column, math.nan)


def _nan_as_null(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
