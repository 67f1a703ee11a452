"""``meta.code_label``: Chinese and English labels of the code words, so that an edition's pages need no repository.

Taken from the seeds ``code_label`` and ``reason_code`` of the warehouse; reason codes stand under the code set
``reason_code``. Each row names its seed and the line of its csv (a seed's rows stand in the order of the file).

Does not belong here: the words themselves (dbt seeds).
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from ehpilot.publish.marts import WAREHOUSE
from ehpilot.reading.edition import columns_of
from ehpilot.reading.sql_text import literal, name
from ehpilot.register import Table

TABLE = "meta.code_label"
_SELECT = {
    "code_label": "select code_set, code, label_cn, label_en, 'code_label' as seed, rowid + 2 as line from {seed}",
    "reason_code": "select 'reason_code' as code_set, reason_code as code, label_cn, label_en, 'reason_code' as seed, "
    "rowid + 2 as line from {seed}",
}


def write_code_labels(connection: duckdb.DuckDBPyConnection, register_tables: Iterable[Table]) -> None:
    """Create and fill the table in the current database; the warehouse is beside it. Without seeds it stays empty."""
    connection.execute("create schema if not exists meta")
    connection.execute(
        f"create table {TABLE} (code_set varchar, code varchar, label_cn varchar, label_en varchar, seed varchar, "
        "line bigint, primary key (code_set, code))"
    )
    connection.execute(f"comment on table {TABLE} is '一行 = 一个代码的名称。One row = one code word and its labels.'")
    for column, text in (
        ("code_set", "代码集 / code set"), ("code", "代码 / code"), ("label_cn", "中文名 / Chinese label"),
        ("label_en", "英文名 / English label"), ("seed", "参考表名 / seed"),
        ("line", "参考表中的行号（表头为 1）/ line of the seed's csv, header = 1"),
    ):  # fmt: skip
        connection.execute(f"comment on column {TABLE}.{column} is {literal(text)}")
    for seed in sorted((table for table in register_tables if table.kind == "seed"), key=lambda table: table.name):
        if seed.name in _SELECT and columns_of(connection, seed.full_name, WAREHOUSE):
            select = _SELECT[seed.name].format(seed=name(WAREHOUSE, seed.schema, seed.name))
            connection.execute(f"insert or ignore into {TABLE} select distinct on (code_set, code) * from ({select}) "
                               "order by code_set, code, line")  # fmt: skip
