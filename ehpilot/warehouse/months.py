"""Models that are computed month by month: a month is taken over where all that its rows rest on is equal.

A model marked ``config.meta.by_month`` (``time``: its time column; ``without``: models it reads of which no column or
row reaches it, each with the reason) makes the rows of a month from the hours of that month alone and from tables that
are no series. The name of a month covers: the code, the content of those tables, what the month of each raw table of
hours holds (``months.content``), the names of the months of models of this kind that it reads, and the as-of date where
it lies before the month's end. Rows of months whose names an earlier build has kept stay Parquet under
``work/months/<model>``; the model is then a view of these and of the rows that were computed (macro
``months_taken_over``). Of a series of the edition (``config.meta.series``) the sum of the month's file is kept instead:
it is linked from the newest edition.

Belongs here: the plan before a stage (table ``months.plan``), keeping after it. Does not belong here: how files are
taken over (``ehpilot.landing.kept``), the models.
"""

from __future__ import annotations

import calendar
import glob
import hashlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.landing.kept.cache import stale_months
from ehpilot.landing.kept.month_content import CLOCK
from ehpilot.publish.marts import PublishedTable
from ehpilot.publish.parquet import FOLDER
from ehpilot.reading import sums
from ehpilot.reading.sql_text import literal, name
from ehpilot.register import Register

INDEX = "index.json"
ORIGIN = "_origin"


@dataclass
class Inputs:
    """What a model rests on: raw tables of hours, models by month, other relations ``(schema, table)``; the SQL."""

    hours: set[str] = field(default_factory=set)
    by_month: set[str] = field(default_factory=set)
    others: set[tuple[str, str]] = field(default_factory=set)
    sql: str = ""


def declared(node: dict[str, Any]) -> dict[str, Any] | None:
    """How a model is computed month by month, None for one that is not."""
    return (node["config"].get("meta") or {}).get("by_month")


def inputs_of(manifest: dict[str, Any], unique_id: str, hours: Iterable[str]) -> Inputs:
    """What a model rests on, through views; seeds are code. ``hours``: raw tables whose months are known."""
    found, known = Inputs(), set(hours)
    nodes = {**manifest["nodes"], **manifest["sources"]}
    without = set((declared(nodes[unique_id]) or {}).get("without") or {})
    waiting, seen = [unique_id], {unique_id}
    while waiting:
        found.sql += nodes[waiting[-1]].get("raw_code", "")
        for parent in manifest["parent_map"].get(waiting.pop(), []):
            node = nodes[parent]
            if parent in seen or node["resource_type"] == "seed" or node["name"] in without:
                continue
            seen.add(parent)
            table = node.get("identifier") or node.get("alias") or node["name"]
            if node["resource_type"] == "source" and table in known:
                found.hours.add(table)
            elif node["resource_type"] == "model" and declared(node) is not None:
                found.by_month.add(parent)
            elif node["resource_type"] == "model" and node["config"]["materialized"] == "view":
                waiting.append(parent)
            else:
                found.others.add((node["schema"], table))
    return found


def of_stage(register: Register, stage: str) -> list[str]:
    """Models by month of a stage: their ``unique_id``."""
    nodes = register.manifest["nodes"]
    models = [table for table in register.tables.values() if table.kind == "model" and table.stage.key == stage]
    return [table.unique_id for table in models if declared(nodes[table.unique_id]) is not None]


def plan(con: duckdb.DuckDBPyConnection, manifest: dict[str, Any], folder: Path, models: Sequence[str]) -> None:
    """Write into ``months.plan`` the names of the months of each model, and which of them are kept whole (``path``: SQL
    of the file of their rows). Without known months nothing is planned. ``folder``: the work folder of the build."""
    nodes = manifest["nodes"]
    if not models or not _is_there(con, "months", "content"):
        return
    con.execute(
        "create table if not exists months.plan (model varchar, month varchar, month_name varchar, path varchar, "
        "sum varchar, is_kept boolean)"
    )
    stale, planner = stale_months(folder / "read_files"), _Planner(con, manifest)
    for model in models:
        kept, place = _index(folder, nodes[model]), _place(folder, nodes[model])
        rows = []
        for month, named in sorted(planner.names(model).items()):
            entry = kept.get(month, {})
            holds = month not in stale and entry.get("name") == named and _is_whole(place, entry)
            path = literal(glob.escape(str(place / entry["file"]))) if holds and entry.get("file") else None
            rows.append((full_name(nodes[model]), month, named, path, entry.get("sum") if holds else None, holds))
        con.execute("delete from months.plan where model = ?", [full_name(nodes[model])])
        if rows:
            con.executemany("insert into months.plan values (?, ?, ?, ?, ?, ?)", rows)


def keep(con: duckdb.DuckDBPyConnection, manifest: dict[str, Any], folder: Path, models: Sequence[str]) -> None:
    """Write the months of planned models that were computed now as Parquet; forget those that are no more."""
    for model in models if _is_there(con, "months", "plan") else ():
        node = manifest["nodes"][model]
        if not node["config"]["meta"].get("series"):
            _keep(con, node, folder)


def _keep(con: duckdb.DuckDBPyConnection, node: dict[str, Any], folder: Path) -> None:
    place, time = _place(folder, node), name(node["config"]["meta"]["by_month"]["time"])
    place.mkdir(parents=True, exist_ok=True)
    own = name(node["schema"], node["alias"] + ("__own" if _is_view(con, node) else ""))
    old = _index(folder, node)
    entries = {}
    for month, named, is_kept in _planned(con, node):
        if is_kept:
            entries[month] = old[month]
            continue
        within = f"{time} >= {first_day(month)} and {time} < {first_day(month)} + interval 1 month"
        (rows,) = con.execute(f"select count(*) from {own} where {within}").fetchone() or (0,)
        entries[month] = {"name": named, "file": None, "sum": None}
        if rows:
            path = place / f"{month}-{named[:16]}.parquet"
            part = path.with_name(f".{path.name}.{os.getpid()}")
            con.execute(
                f"copy (select * from {own} where {within}) to {literal(part)} (format parquet, compression zstd)"
            )
            part.replace(path)
            entries[month] |= {"file": path.name, "sum": sums.file_sum(path)}
    _write_index(place, entries)


def note_series(con: duckdb.DuckDBPyConnection, register: Register, folder: Path, building: Path,
                published: Iterable[PublishedTable]) -> None:  # fmt: skip
    """Keep which file each month of the series of an edition became."""
    for table in published:
        model = register.tables.get(table.name)
        if not table.months or model is None or not _is_there(con, "months", "plan"):
            continue
        node = register.manifest["nodes"][model.unique_id]
        files = building / FOLDER / table.name.replace(".", "/")
        entries = {
            month: {"name": named, "file": None, "sum": sums.file_sum(files / f"{month}.parquet")}
            for month, named, _ in _planned(con, node) if (files / f"{month}.parquet").exists()
        }  # fmt: skip
        _write_index(_place(folder, node), entries)


class _Planner:
    """Names of months of models, each computed once."""

    def __init__(self, con: duckdb.DuckDBPyConnection, manifest: dict[str, Any]):
        self.con, self.manifest = con, manifest
        self.content: dict[str, dict[str, str]] = {}
        for table, month, content in con.execute("select raw_table, month, content from months.content").fetchall():
            self.content.setdefault(table, {})[month] = content
        facts = con.execute("select code_version, as_of::varchar from intake.build").fetchone()
        self.code, self.as_of = facts or ("", "")
        self._names: dict[str, dict[str, str]] = {}

    def names(self, model: str) -> dict[str, str]:
        """Name of each month (``YYYY-MM``) of a model; {} where it reads what is not there yet."""
        if model not in self._names:
            self._names[model] = self._named(model)
        return self._names[model]

    def _named(self, model: str) -> dict[str, str]:
        inputs = inputs_of(self.manifest, model, self.content)
        if not all(_is_there(self.con, *relation) for relation in inputs.others):
            return {}
        names_origin = re.search(rf"\b{ORIGIN}\b", inputs.sql) is not None
        common = [
            model, self.code, duckdb.__version__,
            *(f"{s}.{t} {_content(self.con, s, t, names_origin)}" for s, t in sorted(inputs.others)),
        ]  # fmt: skip
        parts = [(table, self.content[table]) for table in sorted(inputs.hours)]
        parts += [(other, self.names(other)) for other in sorted(inputs.by_month)]
        found = {}
        for month in sorted({month for _, months in parts for month in months}):
            own = [f"{part} {months.get(month)}" for part, months in parts]
            seen = self.as_of if self.as_of < _last_day(month) else ""
            found[month] = hashlib.sha256("\0".join([*common, *own, seen, month]).encode()).hexdigest()
        return found


def _content(con: duckdb.DuckDBPyConnection, schema: str, table: str, names_origin: bool) -> str:
    """Count and sums of the rows' hashes; ``_origin`` counts only where the SQL that reads the table names it."""
    left_out = {CLOCK} if names_origin else {CLOCK, ORIGIN}
    found = con.execute(
        "select column_name from information_schema.columns where table_schema = ? and table_name = ? "
        "order by ordinal_position", [schema, table]
    ).fetchall()  # fmt: skip
    columns = ", ".join(name(column) for (column,) in found if column not in left_out)
    return repr(con.execute(
        f"select count(*), bit_xor(h), sum(h::hugeint) from (select hash({columns}) as h from {name(schema, table)})"
    ).fetchone())  # fmt: skip


def first_day(month: str) -> str:
    """SQL of the first moment of a month ``YYYY-MM``."""
    return f"timestamp '{month}-01'"


def _last_day(month: str) -> str:
    year, number = (int(part) for part in month.split("-"))
    return f"{month}-{calendar.monthrange(year, number)[1]:02d}"


def full_name(node: dict[str, Any]) -> str:
    """``schema.table`` of a model."""
    return f"{node['schema']}.{node['alias']}"


def _planned(con: duckdb.DuckDBPyConnection, node: dict[str, Any]) -> list[tuple[str, str, bool]]:
    sql = "select month, month_name, is_kept from months.plan where model = ? order by month"
    return con.execute(sql, [full_name(node)]).fetchall()


def _place(folder: Path, node: dict[str, Any]) -> Path:
    return folder / "months" / full_name(node)


def _index(folder: Path, node: dict[str, Any]) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads((_place(folder, node) / INDEX).read_text(encoding="utf-8"))
        return {month: dict(entry) for month, entry in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write_index(place: Path, entries: dict[str, dict[str, Any]]) -> None:
    place.mkdir(parents=True, exist_ok=True)
    part = place / f".{INDEX}.{os.getpid()}"
    part.write_text(json.dumps(entries, sort_keys=True), encoding="utf-8")
    part.replace(place / INDEX)
    wanted = {INDEX, *(entry["file"] for entry in entries.values())}
    for path in place.glob("*"):
        if path.name not in wanted:
            path.unlink()


def _is_whole(place: Path, entry: dict[str, Any]) -> bool:
    if not entry.get("file"):
        return True
    path = place / str(entry["file"])
    return path.is_file() and sums.file_sum(path) == entry.get("sum")


def _is_there(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    sql = "select 1 from information_schema.tables where table_schema = ? and table_name = ?"
    return con.execute(sql, [schema, table]).fetchone() is not None


def _is_view(con: duckdb.DuckDBPyConnection, node: dict[str, Any]) -> bool:
    sql = "select 1 from duckdb_views() where schema_name = ? and view_name = ?"
    return con.execute(sql, [node["schema"], node["alias"]]).fetchone() is not None
