"""Frames for suites: the needed columns of a table, or example rows, with the truth of each row condition beside them.

Does not belong here: judging (``run``). Conditions are SQL because SQL knows three truth values: a condition over an
unknown value is unknown, not false, and unknown rows are counted apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb

from ehpilot.gates.suite import Rule, Suite

if TYPE_CHECKING:
    import pandas as pd


def read_frame(con: duckdb.DuckDBPyConnection, suite: Suite) -> pd.DataFrame:
    """Columns of the suite and one boolean column a row condition, read from the warehouse.

    Raises duckdb.CatalogException where a table the suite reads does not exist.
    """
    return con.execute(_frame_sql(suite, suite.source_sql)).df()


def example_frame(suite: Suite, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The same frame made of example rows (columns that a row leaves out are null)."""
    names = list(suite.columns)
    selects = ["select " + ", ".join(f"cast(? as {suite.columns[n]}) as {n}" for n in names) for _ in rows]
    values = [row.get(name) for row in rows for name in names]
    with duckdb.connect() as con:
        return con.execute(_frame_sql(suite, " union all ".join(selects)), values).df()


def _frame_sql(suite: Suite, source: str) -> str:
    plain = [f"cast({name} as {kind}) as {name}" for name, kind in suite.columns.items()]
    conditions = [f"{_condition(rule)} as {rule.column}" for rule in suite.rules if rule.type == "row_condition"]
    return (
        f"with source_rows as ({source}), frame as (select {', '.join(plain)} from source_rows) "
        f"select {', '.join([*suite.columns, *conditions])} from frame"
    )


def _condition(rule: Rule) -> str:
    where = rule.kwargs.get("where")
    condition = f"({rule.kwargs['condition']})"
    return f"case when ({where}) then {condition} end" if where else condition
