"""A tiny warehouse for dbt: every raw and intake table of the YAML, empty, and a few rows.

Belongs here: tables made from the dbt sources YAML alone, and rows that a test writes by hand. Does not belong here:
the loader (tests/landing) and the demo generator (tests/demo); a fault in those must not show up in a dbt test.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.project import read_yaml

DBT = Path(__file__).resolve().parents[2] / "dbt"
PROVENANCE = (
    "_record_id varchar, _file_no integer, _sheet varchar, _row bigint, _field varchar, _flags varchar[], "
    "_cells varchar, _loaded_at timestamp"
)
LOADED_AT = dt.datetime(2026, 1, 5, 8, 0)


def source_tables() -> dict[str, dict[str, Any]]:
    """Declared source tables by ``schema.table``, as the YAML files give them."""
    tables = {}
    for path in sorted((DBT / "models" / "staging").rglob("_*__sources.yml")):
        for source in read_yaml(path.read_text(encoding="utf-8"))["sources"]:
            for table in source["tables"]:
                tables[f"{source['schema']}.{table.get('identifier', table['name'])}"] = table
    return tables


def make_empty(path: Path) -> None:
    """Create all source tables, empty, and the one row of intake.build."""
    with duckdb.connect(str(path)) as con:
        con.execute("create schema raw; create schema intake")
        for name, table in source_tables().items():
            columns = ", ".join(f"{column['name']} {column['data_type']}" for column in table["columns"])
            extra = f", {PROVENANCE}" if name.startswith("raw.") else ""
            con.execute(f"create table {name} ({columns}{extra})")
        insert(con, "intake.build", {
            "edition_no": 1, "run_id": "run-1", "profile": "tiny",
            "profile_name_cn": "小样（虚构）", "is_fictional": True,
            "as_of": dt.date(2025, 12, 31), "assessment_year": 2025, "input_hash": "h", "code_version": "0",
            "started_at": LOADED_AT, "seed": 1,
        })  # fmt: skip


def insert(con: duckdb.DuckDBPyConnection, table: str, row: Mapping[str, Any]) -> None:
    """Insert one row given as column: value."""
    names = ", ".join(row)
    marks = ", ".join("?" for _ in row)
    con.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))


def record(con: duckdb.DuckDBPyConnection, table: str, row_number: int, values: Mapping[str, Any], *, file_no: int = 1,
           sheet: str = "Sheet1", field: str = "", flags: tuple[str, ...] = ()) -> str:  # fmt: skip
    """Insert one record of a raw table with its provenance; returns the record id."""
    record_id = hashlib.sha256(f"{file_no}|{sheet}|{row_number}|{field}|{table}".encode()).hexdigest()[:16]
    cells = json.dumps({key: str(value) for key, value in values.items() if value is not None}, ensure_ascii=False)
    insert(con, table, {
        **values, "_record_id": record_id, "_file_no": file_no, "_sheet": sheet, "_row": row_number, "_field": field,
        "_flags": list(flags), "_cells": cells, "_loaded_at": LOADED_AT,
    })  # fmt: skip
    return record_id


def fill(path: Path) -> None:
    """Two fictional sites, one outlet with two claims, one unknown substance, one sample, and their bookkeeping."""
    with duckdb.connect(str(path)) as con:
        for number, (name, source) in enumerate(
            [("排污单位基本信息.xlsx", "permit"), ("化学物质环境信息统计调查_2024.xlsx", "chemical_survey")], start=1
        ):
            insert(con, "intake.source_file", {
                "file_no": number, "file_sha256": f"{number:064d}", "path": f"{source}/{name}", "source": source,
                "form_id": source, "encoding": "", "first_seen_at": LOADED_AT, "records_read": 4, "records_loaded": 3,
                "records_quarantined": 1, "records_skipped": 0, "status": "current", "unmapped_columns": [],
                "size_bytes": 1,
            })  # fmt: skip
        for column, header in (("permit_no", "许可证编号"), ("name", "单位名称"), ("longitude", "经度")):
            insert(con, "intake.file_column", {
                "file_no": 1, "sheet": "Sheet1", "raw_table": "permit_site", "raw_column": column, "header": header,
            })  # fmt: skip
        plants = [("91330206MA00000011", "虚构甲厂"), ("91330206MA00000028", "虚构乙厂")]
        for row, (code, name) in enumerate(plants, start=4):
            record(con, "raw.permit_site", row, {
                "permit_no": f"{code}001P", "name": name, "credit_code": code, "industry_code": "2651",
                "longitude": 121.9 if row == 4 else None, "latitude": 29.9 if row == 4 else None, "status": "有效",
            })  # fmt: skip
        record(con, "raw.permit_outlet", 4, {
            "permit_no": "91330206MA00000011001P", "outlet_no": "DA001", "outlet_kind": "有组织", "height_m": 25.0,
        })  # fmt: skip
        for row, (method, quantity) in enumerate([("产排污系数", 2.0), ("自动监测", 1.5)], start=4):
            record(con, "raw.permit_release", row, {
                "permit_no": "91330206MA00000011001P", "outlet_no": "DA001", "pollutant_id": "71-43-2",
                "quantity": quantity, "unit": "t", "method": method, "period": "2025",
            }, sheet="实际排放量")  # fmt: skip
        record(con, "raw.chemical_survey_use", 3, {
            "name": "虚构甲厂", "credit_code": "91330206MA00000011", "chemical_name": "示例物质", "cas_no": "7757-82-6",
            "role": "加工使用", "quantity_t": 12.0, "survey_year": 2024,
        }, file_no=2)  # fmt: skip
        insert(con, "intake.quarantine", {
            "quarantine_id": "q1", "record_id": "r1", "file_no": 1, "sheet": "Sheet1", "row_number": 9, "field": "经度",
            "value": "abc", "reason_code": "XY-FORMAT", "message": "经度无法识别", "raw_table": "permit_site",
        })  # fmt: skip
        insert(con, "intake.decision", {
            "decision_id": "d1", "kind": "merge", "object_id": "census:91330206MA00000011",
            "decided": "91330206MA00000011-001", "decided_by_role": "数据组", "decided_at": dt.date(2025, 6, 1),
            "reason": "同一厂区", "is_used": False, "file_no": 3, "row_number": 2,
        })  # fmt: skip
        insert(con, "intake.profile_parameter", {
            "parameter_id": "profile.search_radius_km", "value": "3", "unit": "km", "source_ref": "area.yml",
            "verified": "own",
        })  # fmt: skip
