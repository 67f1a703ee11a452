"""A tiny warehouse made by hand, as dbt would leave it, and the register that declares its tables.

Three fictional sites, two permit files, a seed, a decision file. Does not belong here: tests.
"""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.register import Column, Deliverable, Table

ORIGIN = (
    "struct(source_table varchar, file_no integer, sheet varchar, first_row bigint, last_row bigint, field varchar, "
    "cell_text varchar, role varchar, column_name varchar)[]"
)
# schema.table → (key, columns, trace, description, label)
TABLES: dict[str, dict[str, Any]] = {
    "core.dim_enterprise": {
        "key": ["enterprise_id"],
        "columns": {"enterprise_id": "varchar", "name": "varchar", "longitude": "double", "_origin": ORIGIN},
        "origin": True,
        "description": "一行 = 一个生产场所。One row = one production site.",
    },
    "core.dim_pollutant": {
        "key": ["pollutant_id"],
        "columns": {"pollutant_id": "varchar", "name_cn": "varchar", "_origin": ORIGIN},
        "origin": True,
        "description": "一行 = 一种污染物。One row = one pollutant.",
    },
    "inventory.emission_claim": {
        "key": ["claim_id"],
        "columns": {
            "claim_id": "varchar", "enterprise_id": "varchar", "pollutant_id": "varchar", "year": "integer",
            "emission_t": "double", "is_winner": "boolean", "_origin": ORIGIN,
        },
        "origin": True,
        "description": "一行 = 一条排放量填报。One row = one claim.",
    },
    "inventory.emission": {
        "key": ["enterprise_id", "pollutant_id", "year"],
        "columns": {
            "enterprise_id": "varchar", "pollutant_id": "varchar", "year": "integer", "emission_t": "double",
        },
        "trace": [{
            "table": "inventory.emission_claim",
            "on": {"enterprise_id": "enterprise_id", "pollutant_id": "pollutant_id", "year": "year"},
            "weight": "emission_t",
        }],
        "description": "一行 = 一个场所一种污染物一年的排放量。One row = one emission.",
    },
    "report.d01_pollutant": {
        "key": ["row_no"],
        "columns": {
            "row_no": "integer", "pollutant_id": "varchar", "name_cn": "varchar", "emission_t": "double",
            "enterprises": "varchar[]",
        },
        "trace": [
            {"table": "core.dim_pollutant", "on": {"pollutant_id": "pollutant_id"}, "columns": ["name_cn"]},
            {"table": "inventory.emission", "on": {"pollutant_id": "pollutant_id"}, "weight": "emission_t"},
        ],
        "description": "一行 = 一种污染物。One row = one pollutant of the list.",
        "label": "环境健康风险污染物清单",
    },
    "report.d01_list_version": {
        "key": ["list_code"],
        "columns": {"list_code": "varchar", "version_date": "date"},
        "description": "一行 = 一个名录版本。One row = one list.",
        "label": "编制依据",
    },
    "meta.edition": {
        "key": ["edition_no"],
        "columns": {
            "edition_no": "integer", "profile": "varchar", "is_fictional": "boolean", "as_of": "date",
            "input_hash": "varchar", "previous_edition": "integer", "content_hash": "varchar", "sealed_at": "timestamp",
        },
        "description": "一行 = 一个版次。One row = one edition.",
    },
    "meta.run": {
        "key": ["run_id"],
        "columns": {
            "run_id": "varchar", "edition_no": "integer", "started_at": "timestamp", "finished_at": "timestamp",
            "code_version": "varchar", "status": "varchar",
        },
        "description": "一行 = 一次运行。One row = one run.",
    },
    "meta.source_file": {
        "key": ["file_no"],
        "columns": {
            "file_no": "integer", "path": "varchar", "source": "varchar", "form_id": "varchar",
            "first_seen_at": "timestamp", "records_read": "bigint", "records_loaded": "bigint",
            "records_quarantined": "bigint", "records_skipped": "bigint", "status": "varchar",
        },
        "description": "一行 = 一个文件。One row = one file.",
    },
    "meta.quarantine": {
        "key": ["quarantine_id"],
        "columns": {
            "quarantine_id": "varchar", "record_id": "varchar", "file_no": "integer", "sheet": "varchar",
            "row_number": "bigint", "field": "varchar", "value": "varchar", "reason_code": "varchar",
            "message": "varchar",
        },
        "description": "一行 = 一条隔离信息。One row = one message.",
    },
    "meta.origin": {
        "key": ["table_name", "row_key", "origin_no"],
        "columns": {
            "table_name": "varchar", "row_key": "varchar", "origin_no": "integer", "source_table": "varchar",
            "file_no": "integer", "sheet": "varchar", "first_row": "bigint", "last_row": "bigint", "field": "varchar",
            "cell_text": "varchar", "role": "varchar", "column_name": "varchar",
        },
        "description": "一行 = 一个来源单元格。One row = one origin.",
    },
    "meta.check_result": {
        "key": ["run_id", "gate", "check_name"],
        "columns": {
            "run_id": "varchar", "gate": "varchar", "check_name": "varchar", "severity": "varchar",
            "passed": "boolean", "failing_rows": "bigint", "checked_at": "timestamp", "message_cn": "varchar",
        },
        "description": "一行 = 一次检查。One row = one check.",
    },
    "meta.decision": {
        "key": ["decision_id"],
        "columns": {
            "decision_id": "varchar", "kind": "varchar", "object_id": "varchar", "decided": "varchar",
            "reason": "varchar", "is_used": "boolean",
        },
        "description": "一行 = 一条决定。One row = one decision.",
    },
    "meta.proposed_decision": {
        "key": ["decision_id"],
        "columns": {
            "decision_id": "varchar", "kind": "varchar", "object": "varchar", "value": "varchar", "role": "varchar",
            "date": "date", "reason": "varchar", "valid_until": "date",
        },
        "description": "一行 = 一项建议的决定。One row = one proposed decision.",
    },
    "meta.gap": {
        "key": ["gap_id"],
        "columns": {"gap_id": "varchar", "subject": "varchar", "missing": "varchar", "effect": "varchar"},
        "description": "一行 = 一个缺口。One row = one gap.",
    },
    "meta.parameter_used": {
        "key": ["parameter_id", "used_by"],
        "columns": {
            "parameter_id": "varchar", "used_by": "varchar", "value": "varchar", "unit": "varchar",
            "source_ref": "varchar", "verified": "varchar", "label_cn": "varchar",
        },
        "description": "一行 = 一个参数的一次使用。One row = one parameter and its user.",
    },
}  # fmt: skip
LABELS = {"emission_t": ("排放量", "t"), "name_cn": ("中文名", ""), "row_no": ("序号", "")}
SCRIPT = "<script>alert('x')</script>"
FORMULA = "=cmd|' /C calc'!A0"
STARTED = dt.datetime(2026, 10, 1, 8, 0)


def register_tables() -> list[Table]:
    """The public tables of the tiny world and one seed, as the register would give them."""
    found = []
    for full_name, facts in TABLES.items():
        schema, name = full_name.split(".")
        columns = tuple(Column(c, t, f"{c} 的说明 / about {c}", _column_meta(c)) for c, t in facts["columns"].items())
        meta = {k: v for k, v in facts.items() if k in ("trace", "origin", "label")}
        key, declared_in = tuple(facts["key"]), f"models/{name}.yml"
        found.append(
            Table(schema, name, "model", facts["description"], key, columns, meta, "x", declared_in, full_name)
        )
    seeds = {
        "chemical": "seeds/chemicals/chemical.csv",
        "code_label": "seeds/crosswalks/code_label.csv",
        "reason_code": "seeds/crosswalks/reason_code.csv",
    }
    return found + [
        Table("seeds", name, "seed", "", (), (), {}, path, path, f"seed.{name}") for name, path in seeds.items()
    ]


def _column_meta(column: str) -> dict[str, Any]:
    label, unit = LABELS.get(column, (None, None))
    return {"label": label, "unit": unit} if label else {}


def documents() -> list[Deliverable]:
    """D01 with a title that holds the zone's name."""
    reads = ("report.d01_pollutant", "report.d01_list_version")
    title = "{zone}“环境健康” 风险污染物/清单"
    return [Deliverable("D01", "d01_risk_pollutant_list", title, "", {"lead": "bureau"}, reads)]


FACTS = {
    "zone_name": "云帆港示范区（虚构）",
    "zone_name_en": "Yunfan Port (fictional)",
    "data_licence_name": "CC0-1.0",
    "data_licence_title": "CC0 1.0",
    "data_licence_path": "https://creativecommons.org/publicdomain/zero/1.0/",
    "issuing_unit": "示范区生态环境分局（虚构）",
    "lead.bureau": "牵头单位（虚构）",
}


def _cell(file_no: int, row: int, field: str, text: str, column: str, role: str = "value", table: str = "permit_site"):
    return {
        "source_table": table, "file_no": file_no, "sheet": "Sheet1" if role == "value" else "", "first_row": row,
        "last_row": row, "field": field, "cell_text": text, "role": role, "column_name": column,
    }  # fmt: skip


def rows(edition_no: int = 1, changed: bool = False) -> dict[str, list[list[Any]]]:
    """Rows of every table; ``changed`` alters one emission, drops a site and adds another."""
    names = {"E1": "甲化工（虚构）", "E2": f"乙|橡胶{SCRIPT}", "E3": FORMULA}
    if changed:
        names = {"E1": "甲化工（虚构）", "E2": f"乙|橡胶{SCRIPT}", "E4": "丁材料（虚构）"}
    enterprises = [
        [key, name, 121.5 + n / 7, [_cell(1, 4 + n, "单位名称", name, "name"),
                                    _cell(1, 4 + n, "经度", f"{121.5 + n / 7:.4f}", "longitude")]]
        for n, (key, name) in enumerate(names.items())
    ]  # fmt: skip
    table = "permit_e"
    claims = [
        ["c1", "E1", "71-43-2", 2025, 3.0, True, [_cell(2, 7, "实际排放量(t)", "3.0", "emission_t", table=table)]],
        ["c2", "E1", "71-43-2", 2025, 1.0, False, [_cell(2, 8, "实际排放量(t)", "1.0", "emission_t", table=table)]],
        ["c3", "E2", "71-43-2", 2025, 2.5, True, [_cell(2, 9, "实际排放量(t)", "2.5", "emission_t", table=table)]],
    ]
    first = 3.0 if not changed else 3.0 + 2**-50
    origins = [
        [table, key, number, c["source_table"], c["file_no"], c["sheet"], c["first_row"], c["last_row"], c["field"],
         c["cell_text"], c["role"], c["column_name"]]
        for table, content in (("core.dim_enterprise", enterprises), ("inventory.emission_claim", claims))
        for key, *_, cells in content for number, c in enumerate(cells, start=1)
    ]  # fmt: skip
    return {
        "core.dim_enterprise": enterprises,
        "core.dim_pollutant": [["71-43-2", "苯", [_cell(None, 12, "cn", "苯", "name_cn", "seed", "seed.chemical")]]],
        "inventory.emission_claim": claims,
        "inventory.emission": [["E1", "71-43-2", 2025, first], ["E2", "71-43-2", 2025, 2.5]],
        "report.d01_pollutant": [[1, "71-43-2", f"苯{SCRIPT}", 5.512345, ["E1", FORMULA]]],
        "report.d01_list_version": [],
        "meta.edition": [[edition_no, "tiny", True, dt.date(2026, 9, 30), "in" + "7" * 10,
                          edition_no - 1 or None, None, None]],
        "meta.run": [[f"run-{edition_no}", edition_no, STARTED, None, "0.1.0+abc", "running"]],
        "meta.source_file": [
            [1, "permit/排污单位基本信息.xlsx", "permit", "permit_site", STARTED, 5, 3, 1, 1, "current"],
            [2, f"permit/{SCRIPT}.xlsx", "permit", "permit_report", STARTED, 3, 3, 0, 0, "current"],
        ],
        "meta.quarantine": [  # one record with two messages
            ["q1", "r1", 1, "Sheet1", 9, "经度", "", "XY-FORMAT", f"经度“{SCRIPT}”无法识别"],
            ["q2", "r1", 1, "Sheet1", 9, "纬度", "", "XY-FORMAT", "纬度“?”无法识别"],
        ],
        "meta.origin": origins,
        "meta.check_result": [],
        "meta.decision": [["waits", "merge", "p:9", "E1", "同址", False], ["was used", "split", "p:8", "E1", "", True]],
        "meta.proposed_decision": [
            ["P-2", "merge", "key_unit:name:甲,化工", "E1-001", None, None, '名称"相近" 0.93', None],
            ["P-1", "winner", "permit_site:A|1", "permit/b.xlsx", None, None, "两个文件", None],
        ],
        "meta.gap": [["g1", "report.d01_list_version", "名录版本未登记", "表1 为空"]],
        "meta.parameter_used": [
            ["p1", "D01", "1.5", "m", "GB x", "memory", "排气筒直径"], ["p2", "D01", "2", "", "GB y", "yes", "倍数"],
        ],
    }  # fmt: skip


def make_warehouse(
    path: Path, edition_no: int = 1, changed: bool = False, shuffle: int | None = None, threads: int = 2,
    many: int = 0,
) -> Path:  # fmt: skip
    """Write the warehouse file. ``shuffle`` seeds another physical row order, ``many`` adds so many emissions."""
    con = duckdb.connect(str(path), config={"threads": threads})
    content = rows(edition_no, changed)
    for full_name, facts in TABLES.items():
        schema = full_name.split(".")[0]
        con.execute(f"create schema if not exists {schema}")
        columns = ", ".join(f"{c} {t}" for c, t in facts["columns"].items())
        con.execute(f"create table {full_name} ({columns}, primary key ({', '.join(facts['key'])}))")
        con.execute(f"comment on table {full_name} is '{facts['description']}'")
        for column in facts["columns"]:
            con.execute(f"comment on column {full_name}.{column} is '{column} 的说明 / about {column}'")
        table_rows = list(content[full_name])
        if shuffle is not None:
            random.Random(shuffle).shuffle(table_rows)
        for row in table_rows:
            con.execute(f"insert into {full_name} values ({', '.join('?' * len(row))})", row)
    if many:
        order = "hash(i)" if shuffle is None else f"hash(i + {shuffle * 7919})"
        con.execute(
            f"insert into inventory.emission select 'X' || (i // 10), 'P' || (i % 10), 2024, sin(i) / 3 "
            f"from range({many}) t(i) order by {order}"
        )
    con.execute("create schema intake; create schema raw; create schema staging")
    con.execute("create table intake.build as select ? as edition_no, ? as run_id", [edition_no, f"run-{edition_no}"])
    con.execute(
        "create table intake.check_result (run_id varchar, gate varchar, check_name varchar, severity varchar, "
        "passed boolean, failing_rows bigint, checked_at timestamp, message_cn varchar)"
    )
    con.execute(
        f"insert into intake.check_result values "
        f"('run-{edition_no}', '2_inventory', 'late gate', 'warning', false, 4, now(), '排放量不应为负'), "
        "('an-older-run', '2_inventory', 'late gate', 'warning', true, 0, now(), '排放量不应为负')"
    )
    con.execute("create schema seeds")
    con.execute(
        "create table seeds.code_label as select 'source_file_status' as code_set, 'current' as code, "
        "'有效' as label_cn, 'current' as label_en"
    )
    con.execute(
        "create table seeds.reason_code as select 'XY-FORMAT' as reason_code, '经纬度无法识别' as label_cn, "
        "'coordinate not readable' as label_en"
    )
    con.execute("create table raw.permit_site as select '机密' as secret")
    con.execute("create table core.renamed_long_ago as select '机密' as secret")
    con.close()
    return path
