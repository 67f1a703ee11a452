"""datapackage.json: the edition's Parquet files as a Frictionless Data Package (schemas, keys, sums, descriptions).

Does not belong here: data; the words of descriptions (dbt YAML).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.publish.parquet import parquet_path
from ehpilot.reading import edition as reading
from ehpilot.reading import sums
from ehpilot.reading.catalogue import TableEntry, catalogue
from ehpilot.reading.edition import EditionInfo
from ehpilot.reading.rows import only_row
from ehpilot.reading.series import rows_of, series_files

FILE = "datapackage.json"
_TYPES = {
    "VARCHAR": "string", "DOUBLE": "number", "FLOAT": "number", "INTEGER": "integer", "BIGINT": "integer",
    "SMALLINT": "integer", "TINYINT": "integer", "UBIGINT": "integer", "UINTEGER": "integer", "HUGEINT": "integer",
    "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "datetime", "TIME": "time", "JSON": "any",
}  # fmt: skip


def write(building: Path) -> Path:
    """Write the package descriptor of a building edition; returns its path."""
    path = building / FILE
    path.write_text(json.dumps(descriptor(building), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def descriptor(building: Path) -> dict[str, Any]:
    """The package descriptor as a dictionary."""
    facts = reading.info(building)
    with reading.open_marts(building) as connection:
        labels = _labels(connection)
        resources = [
            _resource(building, table, entry, labels.get(table, {}))
            for table, entry in catalogue(connection).items()
            if parquet_path(building, table).is_file()
        ]
        for table, files in series_files(building).items():
            resources += [_month(connection, building, table, path, labels.get(table, {})) for path in files]
    return {
        "name": f"ehpilot-{_slug(facts.profile)}-{reading.folder_name(facts.edition_no)}",
        "title": _title(facts),
        "description": _description(facts),
        "version": f"{facts.edition_no}.0.0",
        "licenses": [_licence(facts)],
        "resources": resources,
    }


def _title(facts: EditionInfo) -> str:
    zone = facts.facts.get("zone_name") or facts.profile
    english = facts.facts.get("zone_name_en") or facts.profile
    marks = (reading.FICTION_MARK, "Fictional demonstration data: ") if facts.is_fictional else ("", "")
    return (
        f"{marks[0]}{zone}环境健康数据 第{facts.edition_no}版 / "
        f"{marks[1]}{english}, environment and health data, edition {facts.edition_no}"
    )


def _description(facts: EditionInfo) -> str:
    text = f"数据截止 {facts.as_of}；内容哈希 {facts.content_hash}. Data as of {facts.as_of}."
    return (
        f"{reading.FICTION_MARK}，不代表任何真实企业。Fictional demonstration data. {text}"
        if facts.is_fictional
        else text
    )


def _licence(facts: EditionInfo) -> dict[str, str]:
    """The profile's licence of the data; without one, the honest word is that none was stated."""
    stated = {key: facts.facts.get(f"data_licence_{key}") for key in ("name", "title", "path")}
    if stated["name"]:
        return {key: value for key, value in stated.items() if value}
    return {"name": "notspecified", "title": "未声明，按各数据来源的规定 / not stated, the terms of each source apply"}


def _slug(text: str) -> str:
    return "".join(character if character.isascii() and character.isalnum() else "-" for character in text.lower())


def _labels(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, tuple[str, str]]]:
    rows = connection.execute("select table_name, column_name, label, unit from meta.table_column").fetchall()
    labels: dict[str, dict[str, tuple[str, str]]] = {}
    for table, column, label, unit in rows:
        labels.setdefault(table, {})[column] = (label, unit)
    return labels


def _resource(building: Path, table: str, entry: TableEntry, labels: dict[str, tuple[str, str]]) -> dict[str, Any]:
    fields = [
        _field(column, facts.data_type, facts.comment, facts.is_nullable, labels)
        for column, facts in entry.columns.items()
    ]
    return _file(building, parquet_path(building, table), table, entry.comment or "", fields, entry.key)


def _month(
    connection: duckdb.DuckDBPyConnection, building: Path, table: str, path: Path, labels: dict[str, tuple[str, str]]
) -> dict[str, Any]:
    """One month of a series: a resource of its own, ``exposure.monitoring-hourly.2026-03``."""
    query = "select description, key_columns from meta.table_trace where table_name = ?"
    text, key = only_row(connection, query, [table])
    columns = connection.execute(f"describe select * from {rows_of([path])}").fetchall()
    fields = [_field(column, data_type, None, column not in key, labels) for column, data_type, *_ in columns]
    return _file(building, path, f"{table}.{path.stem}", text or "", fields, list(key))


def _file(
    building: Path, path: Path, table: str, description: str, fields: list[dict[str, Any]], key: list[str]
) -> dict[str, Any]:
    return {
        "name": table.replace("_", "-"),
        "title": table,
        # Checked as a file (bytes, SHA-256): frictionless reads Parquet through pandas, where a null makes an integer a
        # float and a list an array object, and would call every such cell wrong.
        "type": "file",
        "path": path.relative_to(building).as_posix(),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": description,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sums.file_sum(path)}",
        "schema": {"fields": fields, "primaryKey": key},
    }


def _field(
    column: str, data_type: str, comment: str | None, nullable: bool, labels: dict[str, tuple[str, str]]
) -> dict[str, Any]:
    label, unit = labels.get(column, ("", ""))
    field: dict[str, Any] = {"name": column, "type": field_type(data_type), "description": comment or label or column}
    if label and label != column:
        field["title"] = label
    if unit:
        field["unit"] = unit
    if not nullable:
        field["constraints"] = {"required": True}
    return field


def field_type(data_type: str) -> str:
    """Frictionless type of a DuckDB type."""
    if data_type.endswith("]"):
        return "array"
    if data_type.startswith(("STRUCT", "MAP")):
        return "object"
    return _TYPES.get(data_type.split("(")[0], "number" if data_type.startswith("DECIMAL") else "any")
