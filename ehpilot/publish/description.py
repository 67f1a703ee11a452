"""The tables by which an edition explains itself when the repository and work/ are gone.

- ``meta.table_trace``: key, grain and trace declarations of every table (what ``ehpilot trace`` follows), and
  where they stand in the repository
- ``meta.table_column``: label, unit, printed digits and sensitivity of every column (what documents head tables with)
- ``meta.document``: official title, issuing unit and tables of every document
- ``meta.seed_file``: path and SHA-256 of every seed file (where a traced seed row stands)
- ``meta.edition_fact``: named texts of the profile (zone name, issuing unit)

They hold declarations only. Does not belong here: rows of data, clock times.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from ehpilot.project import DBT_DIR
from ehpilot.publish.marts import PublishedTable
from ehpilot.reading import sums
from ehpilot.register import Deliverable, Table, label_of

DESCRIPTION_TABLES = {  # with their Chinese titles
    "meta.code_label": "代码表", "meta.document": "成果文件目录", "meta.edition_fact": "版次说明文字",
    "meta.seed_file": "参考数据文件", "meta.table_column": "各表栏目", "meta.table_trace": "各表溯源声明",
}  # fmt: skip

_DDL = """
create schema if not exists meta;
create table meta.table_trace (
    table_name varchar primary key, label varchar, key_columns varchar[], description varchar, has_origin boolean,
    trace varchar, declared_in varchar);
comment on table meta.table_trace is
    '一行 = 一张公开表及其溯源声明。One row = one public table, its key and how it is traced.';
comment on column meta.table_trace.table_name is '表名 / schema.table';
comment on column meta.table_trace.label is '中文表名 / Chinese title';
comment on column meta.table_trace.key_columns is '主键列，按约定顺序 / key columns in the contract''s order';
comment on column meta.table_trace.description is '表的说明 / what the table holds';
comment on column meta.table_trace.has_origin is '是否直接带来源列 _origin / carries _origin itself';
comment on column meta.table_trace.trace is '溯源声明（JSON）/ trace declarations as JSON';
comment on column meta.table_trace.declared_in is '声明所在文件 / file of the repository that declares the table';
create table meta.table_column (
    table_name varchar, column_no integer, column_name varchar, label varchar, unit varchar, decimals integer,
    sensitivity varchar, significant integer, primary key (table_name, column_no));
comment on table meta.table_column is '一行 = 一列的中文名与单位。One row = one column: label, unit, sensitivity.';
comment on column meta.table_column.table_name is '表名 / schema.table';
comment on column meta.table_column.column_no is '列序号 / position, from 1';
comment on column meta.table_column.column_name is '列名 / column name';
comment on column meta.table_column.label is '中文名 / Chinese label';
comment on column meta.table_column.unit is '单位 / unit';
comment on column meta.table_column.decimals is '印刷小数位数 / printed decimals';
comment on column meta.table_column.sensitivity is '敏感级别 / sensitivity';
comment on column meta.table_column.significant is '印刷有效数字位数 / printed significant digits';
create table meta.document (
    document_id varchar primary key, title varchar, issuing_unit varchar, due varchar, tables varchar[]);
comment on table meta.document is '一行 = 一份成果文件。One row = one official document.';
comment on column meta.document.document_id is '成果编号 / document id';
comment on column meta.document.title is '正式标题 / official title';
comment on column meta.document.issuing_unit is '编制单位 / issuing unit';
comment on column meta.document.due is '完成时限 / due date';
comment on column meta.document.tables is '所读的表 / tables it reads';
create table meta.seed_file (seed varchar primary key, path varchar, sha256 varchar);
comment on table meta.seed_file is '一行 = 一个参考数据文件。One row = one reference file (dbt seed).';
comment on column meta.seed_file.seed is '参考表名 / seed name';
comment on column meta.seed_file.path is '库内路径 / path in the repository';
comment on column meta.seed_file.sha256 is '文件哈希 / SHA-256 of the file';
create table meta.edition_fact (name varchar primary key, value varchar);
comment on table meta.edition_fact is '一行 = 本版次的一条说明文字。One row = one named text of the profile.';
comment on column meta.edition_fact.name is '名称 / name';
comment on column meta.edition_fact.value is '文字 / text';
"""


def write_description(
    connection: duckdb.DuckDBPyConnection,
    published: Iterable[PublishedTable],
    register_tables: Iterable[Table],
    documents: Iterable[Deliverable],
    facts: Mapping[str, str],
) -> None:
    """Create and fill the description tables in the current database.

    ``facts`` are texts by name; ``zone_name``, ``zone_formal``, ``city`` and ``year`` fill ``{zone}`` and so on in
    titles, ``lead.<key>`` is the unit that a document's ``lead`` names, ``issuing_unit`` stands where there is none.
    """
    connection.execute(_DDL)
    declared = {table.full_name: table for table in register_tables}
    published = sorted(published, key=lambda table: table.name)
    columns = [_describe_table(connection, table, declared[table.name]) for table in published]
    # One statement for the thousand rows of all tables, a list a column.
    connection.execute(
        "insert into meta.table_column select unnest(?::varchar[]), unnest(?::integer[]), unnest(?::varchar[]), "
        "unnest(?::varchar[]), unnest(?::varchar[]), unnest(?::integer[]), unnest(?::varchar[]), unnest(?::integer[])",
        [list(values) for values in zip(*itertools.chain(*columns), strict=True)],
    )
    for document in sorted(documents, key=lambda item: item.deliverable_id):
        _describe_document(connection, document, facts)
    for seed in sorted((table for table in declared.values() if table.kind == "seed"), key=lambda table: table.name):
        path = DBT_DIR / seed.path
        digest = sums.file_sum(path) if path.is_file() else None
        values = [seed.name, f"{DBT_DIR.name}/{seed.path}", digest]
        connection.execute("insert into meta.seed_file values (?, ?, ?)", values)
    for fact, value in sorted(facts.items()):
        connection.execute("insert into meta.edition_fact values (?, ?)", [fact, str(value)])


def _describe_table(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, declared: Table
) -> list[tuple[Any, ...]]:
    """Describe the table itself; returns the rows of its columns."""
    trace = json.dumps(declared.trace, ensure_ascii=False, sort_keys=True, default=str)
    values = [
        table.name, str(declared.meta.get("label") or ""), list(table.key), declared.description,
        "_origin" in table.columns, trace, f"{DBT_DIR.name}/{declared.declared_in}",
    ]  # fmt: skip
    connection.execute("insert into meta.table_trace values (?, ?, ?, ?, ?, ?, ?)", values)
    declarations = {column.name: column for column in declared.columns}
    rows = []
    for number, column in enumerate(table.columns, start=1):
        declaration = declarations.get(column)
        meta = declaration.meta if declaration else {}
        label = label_of(column, meta, declaration.description if declaration else "")
        sensitivity = meta.get("sensitivity") or "government"
        digits = meta.get("decimals"), sensitivity, meta.get("significant")
        rows.append((table.name, number, column, label, meta.get("unit") or "", *digits))
    return rows


def _describe_document(connection: duckdb.DuckDBPyConnection, document: Deliverable, facts: Mapping[str, str]) -> None:
    title = document.titled(facts)
    unit = facts.get(f"lead.{document.meta.get('lead')}") or facts.get("issuing_unit") or ""
    due = str(document.meta.get("due") or "")
    connection.execute(
        "insert into meta.document values (?, ?, ?, ?, ?)",
        [document.deliverable_id, title, unit, due, list(document.reads)],
    )
