"""From a cell of an edition back to the file row, seed row, decision or profile value it came from (docs/tracing.md).

Tables next to the files have their origins in ``meta.origin``; every other table declares in ``meta.table_trace``
which rows of which table made it, and is followed one level at a time, largest share first. Only the edition is read:
a trace works when work/ and the landing folder are gone.

Does not belong here: collecting origins (dbt macros), reading the source file itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.errors import UsageError
from ehpilot.reading import edition as reading
from ehpilot.reading.origin import Origin, OriginReader
from ehpilot.reading.rows import only_row
from ehpilot.reading.series import series_files, trace_series
from ehpilot.reading.sql_text import name, row_key
from ehpilot.reading.trace_declaration import Declaration, read_declarations

CELLS_PER_ROW = 40  # origins listed for one row when no column was asked; a row of a form rarely has more cells


@dataclass(frozen=True)
class _Step:
    """One row on the way: its table, physical row, asked column, share of the answer (None where no weight says it)."""

    level: int
    table: str
    rowid: int
    column: str | None
    share: float | None


def trace(
    edition: Path, table: str, key: Mapping[str, Any], column: str | None = None, depth: int = 8, top: int = 5
) -> list[dict[str, Any]]:
    """Where the rows of ``table`` with these key values (one column of them, if named) came from.

    Returns ``[{level, table, key, column, value, kind, path, sheet, row, field, text, share}]`` (and ``last_row`` where
    a series of rows is the origin) from the asked row down; kind is ``file``, ``seed``, ``decision`` or ``profile`` at
    an end and None on the way. At most ``top`` rows
    are followed from each row, ``depth`` levels deep; what is left out is one entry that says how many. Raises
    UsageError for an unknown table or column, or when no row has this key.
    """
    with open_tracer(edition, depth, top) as tracer:
        return tracer.trace(table, key, column)


@contextmanager
def open_tracer(edition: Path, depth: int = 8, top: int = 5) -> Iterator[Tracer]:
    """A tracer for many cells of one edition, which is opened once: see ``trace``."""
    with reading.open_marts(edition) as connection:
        yield Tracer(connection, edition, depth, top)


class Tracer:
    """Traces of one edition over an open connection to its marts; made by ``open_tracer``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, edition: Path, depth: int, top: int):
        self.connection, self.edition, self.depth, self.top = connection, edition, depth, top
        self.declarations = read_declarations(connection)
        self.origins = OriginReader(connection, reading.info_of(connection, edition).profile)
        self.series = series_files(edition)
        self.columns: dict[str, dict[str, str]] = {}
        self.keys: dict[str, list[str]] = {}
        # What was looked up: thousands of rows on the way from a figure share a few parameters, limits and records.
        self.rows: dict[tuple[str, int], dict[str, Any]] = {}
        self.origins_of: dict[tuple[str, int, str | None], list[Origin]] = {}
        self.linked: dict[tuple[str, int, int], list[tuple[int, float | None]]] = {}
        self.entries: list[dict[str, Any]] = []

    def trace(self, table: str, key: Mapping[str, Any], column: str | None = None) -> list[dict[str, Any]]:
        """As the function ``trace``."""
        if table in self.series:
            entries = trace_series(self.connection, self.edition, table, key, column, self.top)
            return [{**entry, "value": plain(entry["value"])} for entry in entries]
        self.entries = []
        self._run(table, key, column)
        return self.entries

    def _run(self, table: str, key: Mapping[str, Any], column: str | None) -> None:
        columns = self._columns(table)
        if not columns:
            raise UsageError(f"no table {table} in this edition / 本版没有表 {table}")
        unknown = [item for item in [*key, *([column] if column else [])] if item not in columns]
        if unknown:
            raise UsageError(f"{table} has no column {', '.join(unknown)} / 表 {table} 没有此列")
        # A value that can't be of the column's type fits no row; it is no error of SQL.
        where = " and ".join(
            f"({name(item)} = try_cast(? as {columns[item]})"
            + (f" or {name(item)} is null)" if value in ("", None) else ")")
            for item, value in key.items()
        )
        order = ", ".join(f"{name(item)} nulls last" for item in self._key(table)) or "rowid"
        values = [None if value is None else str(value) for value in key.values()]
        rows = self.connection.execute(
            f"select rowid from {self._relation(table)} where {where or 'true'} order by {order}", values
        ).fetchall()
        if not rows:
            asked = ", ".join(f"{item}={value}" for item, value in key.items())
            raise UsageError(f"{table} has no row with {asked} / 表 {table} 没有这一行")
        for (rowid,) in rows[: self.top]:
            self._follow(_Step(0, table, rowid, column, 1.0 if len(rows) == 1 else None))
        if len(rows) > self.top:
            self._rest(0, table, len(rows) - self.top, None)

    def _follow(self, step: _Step) -> None:
        row = self._row(step)
        declaration = self.declarations.get(step.table, [])
        exact = self._origins(step, step.column) if step.column else []
        serving = [item for item in declaration if step.column and step.column in item.columns]
        origins = exact or ([] if serving else self._origins(step, None))
        if origins:
            self._end(step, row, origins)
            return
        self._entry(step, row, step.column, text=None if declaration else "未登记来源 / no origin recorded")
        if declaration and step.level >= self.depth:
            self._rest(step.level + 1, step.table, None, step.share)
            return
        known = len(self.entries)
        # Where nothing of the tables that explain this column made it (a count of none, an unknown), what made the row
        # does, and at last the row's own origins.
        for links in (serving, [item for item in declaration if not item.columns] or declaration):
            for link in links:
                if link.row_of:
                    self._follow_named(step, row, link)
                else:
                    self._follow_link(step, link)
            if len(self.entries) > known:
                return
        if declaration:
            self._end(step, row, self._origins(step, None))

    def _follow_link(self, step: _Step, link: Declaration) -> None:
        of_link = (step.table, step.rowid, id(link))  # declarations live as long as the tracer
        if of_link not in self.linked:
            self.linked[of_link] = self._linked(step, link)
        found = self.linked[of_link]
        total = sum(weight for _, weight in found if weight is not None)

        def share(weight: float | None) -> float | None:
            if step.share is None or weight is None or not total:
                return step.share if len(found) == 1 else None
            return step.share * weight / total

        column = step.column if step.column in self._columns(link.table) else None
        for rowid, weight in found[: self.top]:
            self._follow(_Step(step.level + 1, link.table, rowid, column, share(weight)))
        rest = found[self.top :]
        if rest:
            shares = [share(weight) for _, weight in rest]
            known = [value for value in shares if value is not None]
            self._rest(step.level + 1, link.table, len(rest), sum(known) if known else None)

    def _follow_named(self, step: _Step, row: dict[str, Any], link: Declaration) -> None:
        """Follow the row that this row names itself: its columns hold the table, the row key and the column there."""
        table, key, column = (row.get(link.row_of.get(part, "")) for part in ("table", "key", "column"))
        columns = self._columns(table) if table else {}
        if not table or not columns:
            return
        found = self.connection.execute(
            f"select rowid from {self._relation(table)} where {row_key(self._key(table))} = ? order by rowid limit 1",
            [key],
        ).fetchone()
        if found:
            asked = column if column in columns else None
            self._follow(_Step(step.level + 1, table, found[0], asked, step.share))

    def _linked(self, step: _Step, link: Declaration) -> list[tuple[int, float | None]]:
        """Rows of the linked table, largest weight first, then by key."""
        ours, theirs = self._columns(step.table), self._columns(link.table)
        usable = {t: o for t, o in link.on.items() if t in theirs and o in ours}
        if not usable or len(usable) < len(link.on):
            return []
        conditions = [_condition(t, theirs[t], o, ours[o]) for t, o in usable.items()]
        # A link that is null on our side is no link; it must not find all rows that are null there too.
        conditions.append("(" + " or ".join(f"o.{name(column)} is not null" for column in usable.values()) + ")")
        values = []
        for column, value in link.where.items():
            conditions.append(f"t.{name(column)} = ?")
            values.append(value)
        weight = f"abs(try_cast(t.{name(link.weight)} as double))" if link.weight in theirs else "null"
        order = ", ".join(f"t.{name(c)} nulls last" for c in self._key(link.table)) or "t.rowid"
        return self.connection.execute(
            f"select t.rowid, {weight} as weight from {self._relation(link.table)} t, "
            f"(select * from {self._relation(step.table)} where rowid = {int(step.rowid)}) o "
            f"where {' and '.join(conditions)} order by weight desc nulls last, {order}",
            values,
        ).fetchall()

    def _end(self, step: _Step, row: dict[str, Any], origins: list[Origin]) -> None:
        for origin in origins[:CELLS_PER_ROW]:
            self._entry(
                step, row, origin.column or step.column, kind=origin.kind, path=origin.path, sheet=origin.sheet,
                row_number=origin.row, last_row=origin.last_row, field=origin.field, text=origin.text,
            )  # fmt: skip
        if len(origins) > CELLS_PER_ROW:
            self._rest(step.level, step.table, len(origins) - CELLS_PER_ROW, step.share)

    def _entry(
        self, step: _Step, row: dict[str, Any], column: str | None, *, kind: str | None = None,
        path: str | None = None, sheet: str | None = None, row_number: int | None = None,
        last_row: int | None = None, field: str | None = None, text: str | None = None,
    ) -> None:  # fmt: skip
        value = plain(row.get(column)) if column else None
        series = {"last_row": last_row} if last_row is not None else {}
        self.entries.append({
            "level": step.level, "table": step.table, "key": row["row key"], "column": column, "value": value,
            "kind": kind, "path": path, "sheet": sheet, "row": row_number, "field": field, "text": text,
            "share": step.share, **series,
        })  # fmt: skip

    def _rest(self, level: int, table: str, count: int | None, share: float | None) -> None:
        text = (
            f"另有 {count} 行未列出（--top）/ {count} more not listed, see --top"
            if count is not None
            else "已到深度限制（--depth）/ depth limit reached, see --depth"
        )
        self.entries.append({
            "level": level, "table": table, "key": None, "column": None, "value": None, "kind": None, "path": None,
            "sheet": None, "row": None, "field": None, "text": text, "share": share,
        })  # fmt: skip

    def _origins(self, step: _Step, column: str | None) -> list[Origin]:
        of_row = (step.table, step.rowid, column)
        if of_row not in self.origins_of:
            self.origins_of[of_row] = self.origins.of_row(step.table, self._row(step), column)
        return self.origins_of[of_row]

    def _row(self, step: _Step) -> dict[str, Any]:
        if (step.table, step.rowid) in self.rows:
            return self.rows[step.table, step.rowid]
        key = row_key(self._key(step.table))
        query = (
            f"select *, {key} as {name('row key')} from {self._relation(step.table)} where rowid = {int(step.rowid)}"
        )
        row = only_row(self.connection, query)
        columns = (item[0] for item in self.connection.description or ())
        return self.rows.setdefault((step.table, step.rowid), dict(zip(columns, row, strict=True)))

    def _columns(self, table: str) -> dict[str, str]:
        if table not in self.columns:
            self.columns[table] = reading.columns_of(self.connection, table)
        return self.columns[table]

    def _key(self, table: str) -> list[str]:
        if table not in self.keys:
            self.keys[table] = reading.key_of(self.connection, table)
        return self.keys[table]

    @staticmethod
    def _relation(table: str) -> str:
        return name(*table.split(".", 1))


def _condition(theirs: str, their_type: str, ours: str, our_type: str) -> str:
    """Join condition; a list on one side joins by membership, different types are compared as text."""
    left, right = f"t.{name(theirs)}", f"o.{name(ours)}"
    if our_type.endswith("[]") and not their_type.endswith("[]"):
        return f"list_contains(cast({right} as varchar[]), cast({left} as varchar))"
    if their_type.endswith("[]") and not our_type.endswith("[]"):
        return f"list_contains(cast({left} as varchar[]), cast({right} as varchar))"
    if their_type != our_type:
        left, right = f"cast({left} as varchar)", f"cast({right} as varchar)"
    return f"{left} is not distinct from {right}"


def plain(value: Any) -> Any:
    """A value as JSON can hold it: dates as ISO text, decimals as numbers."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value
