"""The answer to a question that has exactly one: one row of a query.

Does not belong here: the text of queries (``sql_text``), which rows an edition has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from ehpilot.errors import BuildError


def only_row(connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
    """The first row of a query that always has one, as a count has. Raises BuildError where there is none."""
    row = connection.execute(query, list(parameters)).fetchone()
    if row is None:
        raise BuildError(f"no row, where one is always there: {query} / 查询应有一行而没有")
    return tuple(row)
