"""What differs between two editions, over all public tables, by key; numbers are compared exactly. What is known of the
area comes first, then what documents print of it, last the record of the build.

Left out, because they differ without anything having changed: the tables that record the run (meta.run, meta.edition,
meta.check_result), columns ``as_of`` (one value an edition), ``first_seen_at``, and provenance (``_origin``,
meta.origin, number, sheet and row of a file), which moves when a workbook is merely saved
again. Ask for them with ``provenance=True``.

Does not belong here: the words for it (``diff_words``), why something changed (inventory.risk_source_change).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.errors import UsageError
from ehpilot.reading.diff_words import NAMES, TELLING, Words, is_id
from ehpilot.reading.edition import columns_of, key_of, marts_file, private_instance, table_names
from ehpilot.reading.rows import only_row
from ehpilot.reading.sql_text import literal, name, row_key

RUN_TABLES = ("meta.run", "meta.edition", "meta.check_result")
PROVENANCE_TABLES = ("meta.origin",)
UNCOMPARED_COLUMNS = ("as_of", "first_seen_at")
STAMP = "version"  # of a key: where each edition has one alone, it tells the edition and not the row
PROVENANCE_COLUMNS = ("file_no", "sheet", "row_number", "file_sha256")
LAST_SCHEMAS = ("core", "report", "meta")  # reference and names, what is printed of the rest, the record of the build


@dataclass(frozen=True)
class _Comparison:
    """One table that both editions have with the same key."""

    table: str
    key: list[str]
    columns: list[str]
    appeared: list[str]
    vanished: list[str]

    @property
    def named(self) -> list[str]:
        """Columns that tell a person which row it is: ids that have a name, of a row with an id of its own what else
        tells it from others, and the rest of the key."""
        known = [column for column in NAMES if column in self.key or column in self.columns]
        is_opaque = any(is_id(column) and column not in NAMES for column in self.key)
        known += [column for column in TELLING if is_opaque and column in self.columns]
        return [*known, *(column for column in self.key if column not in known)]

    def relation(self, database: str) -> str:
        return name(database, *self.table.split(".", 1))


def diff(
    old: Path,
    new: Path,
    tables: Iterable[str] | None = None,
    provenance: bool = False,
    named: str = "",
    ids: bool = False,
) -> list[dict[str, Any]]:
    """Differences ``[{table, key, change, column, old, new, object}]`` between two editions: content first.

    ``key`` is the row key (values joined by ``|``), ``object`` the row in words. ``change`` is ``added`` or ``removed``
    (a row: column null; a column: key null; a table: both null) or ``changed`` (a cell). ``named``: only objects whose
    words or key hold this text; ``ids``: words with the ids beside them. Raises UsageError for a table that neither
    edition has.
    """
    found: list[dict[str, Any]] = []
    words = Words(old, new, ids)
    with _both(old, new) as connection:
        for table in _chosen(connection, tables, provenance):
            found.extend(_table_differences(connection, table, provenance, words))
    return [item for item in found if named in item["object"] or named in (item["key"] or "")]


def summary(old: Path, new: Path, tables: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """Counts by table ``[{table, added, removed, changed}]`` (rows, not cells), of tables where something differs."""
    counts = []
    with _both(old, new) as connection:
        for table in _chosen(connection, tables, False):
            added, removed, changed = _count(connection, table)
            if added or removed or changed:
                counts.append({"table": table, "added": added, "removed": removed, "changed": changed})
    return counts


@contextmanager
def _both(old: Path, new: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    old_file, new_file = marts_file(old), marts_file(new)
    connection = private_instance()
    try:
        connection.execute(f"attach {literal(old_file)} as old_edition (read_only)")
        if new_file == old_file:
            raise UsageError("both editions are the same / 两个版次相同")
        connection.execute(f"attach {literal(new_file)} as new_edition (read_only)")
        yield connection
    finally:
        connection.close()


def _chosen(connection: duckdb.DuckDBPyConnection, tables: Iterable[str] | None, provenance: bool) -> list[str]:
    known = sorted({*table_names(connection, "old_edition"), *table_names(connection, "new_edition")}, key=_rank)
    if tables is not None:
        unknown = sorted(set(tables) - set(known))
        if unknown:
            raise UsageError(f"no such table in either edition: {', '.join(unknown)} / 两个版次都没有此表")
        return [table for table in known if table in set(tables)]
    left_out = set(RUN_TABLES) | (set() if provenance else set(PROVENANCE_TABLES))
    return [table for table in known if table not in left_out]


def _rank(table: str) -> tuple[int, str]:
    schema = table.partition(".")[0]
    return LAST_SCHEMAS.index(schema) + 1 if schema in LAST_SCHEMAS else 0, table


def _change(
    table: str, key: str | None, change: str, column: str | None, old: Any = None, new: Any = None, words: str = ""
) -> dict[str, Any]:
    return {"table": table, "key": key, "change": change, "column": column, "old": old, "new": new, "object": words}


def _compare(connection: duckdb.DuckDBPyConnection, table: str, provenance: bool) -> _Comparison | str:
    """How to compare a table, or ``added`` / ``removed`` where only one edition has it."""
    old = columns_of(connection, table, "old_edition")
    new = columns_of(connection, table, "new_edition")
    if not old or not new:
        return "added" if new else "removed"
    key = key_of(connection, table, "new_edition")
    if not set(key) <= set(old):
        key = []
    stamp = {STAMP} if STAMP in key and _is_stamped(connection, table) else set()
    key = [column for column in key if column not in stamp]

    def compared(columns: Iterable[str]) -> list[str]:
        skipped = stamp | set(key) | set(UNCOMPARED_COLUMNS) | (set() if provenance else set(PROVENANCE_COLUMNS))
        return [c for c in columns if c not in skipped and (provenance or not c.startswith("_"))]

    shared = [column for column in compared(new) if column in old]
    if not key:
        key, shared = [column for column in new if column in old and column not in UNCOMPARED_COLUMNS], []
    appeared = [column for column in compared(new) if column not in old]
    vanished = [column for column in compared(old) if column not in new]
    return _Comparison(table, key, shared, appeared, vanished)


def _is_stamped(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether all rows of an edition have one version, so that each row would be another one in the next edition."""
    relations = (name(database, *table.split(".", 1)) for database in ("old_edition", "new_edition"))
    counts = [only_row(connection, f"select count(distinct {STAMP}) from {relation}") for relation in relations]
    return all(count == 1 for (count,) in counts)


def _join(comparison: _Comparison) -> str:
    """FROM clause of old and new rows side by side. Keys are never null, so a null key side means a missing row."""
    on = " and ".join(f"o.{name(column)} is not distinct from n.{name(column)}" for column in comparison.key)
    left = f"(select true as _here, * from {comparison.relation('old_edition')}) o"
    right = f"(select true as _here, * from {comparison.relation('new_edition')}) n"
    return f"{left} full outer join {right} on {on}"


def _differs(comparison: _Comparison) -> str:
    cells = [f"o.{name(column)} is distinct from n.{name(column)}" for column in comparison.columns]
    return " or ".join(["o._here is null", "n._here is null", *cells])


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int, int]:
    comparison = _compare(connection, table, False)
    if isinstance(comparison, str):
        database = "new_edition" if comparison == "added" else "old_edition"
        count = only_row(connection, f"select count(*) from {name(database, *table.split('.', 1))}")[0]
        return (count, 0, 0) if comparison == "added" else (0, count, 0)
    row = only_row(
        connection,
        "select count(*) filter (o._here is null), count(*) filter (n._here is null), "
        "count(*) filter (o._here is not null and n._here is not null) "
        f"from {_join(comparison)} where {_differs(comparison)}",
    )
    return row[0], row[1], row[2]


def _table_differences(
    connection: duckdb.DuckDBPyConnection, table: str, provenance: bool, words: Words
) -> list[dict[str, Any]]:
    comparison = _compare(connection, table, provenance)
    if isinstance(comparison, str):
        return [_change(table, None, comparison, None)]
    found = [_change(table, None, "added", column) for column in comparison.appeared]
    found += [_change(table, None, "removed", column) for column in comparison.vanished]
    keys = [f"coalesce(o.{name(column)}, n.{name(column)}) as {name('k:' + column)}" for column in comparison.key]
    ids = [f"coalesce(n.{name(column)}, o.{name(column)}) as {name('i:' + column)}" for column in comparison.named]
    cells = []
    for number, column in enumerate(comparison.columns):
        cells += [f"o.{name(column)} as o{number}", f"n.{name(column)} as n{number}"]
    connection.execute(
        "create or replace temp table differing as select "
        + ", ".join([*keys, *ids, "o._here is null as appeared", "n._here is null as vanished", *cells])
        + f" from {_join(comparison)} where {_differs(comparison)}"
    )
    rows = connection.execute(_cells_query(comparison)).fetchall()
    named = comparison.named
    for key, change, number, old, new, *ids in rows:
        cell = comparison.columns[number] if number >= 0 else None
        said = words.object_of(dict(zip(named, ids, strict=True)), key)
        found.append(_change(table, key, change, cell, _value(old), _value(new), said))
    return found


def _cells_query(comparison: _Comparison) -> str:
    """One row a difference from the temp table ``differing``; values travel as JSON to keep their type."""
    key = row_key(f"k:{column}" for column in comparison.key)
    ids = "".join(f", {name('i:' + column)}" for column in comparison.named)
    parts = [
        f"select {key} as row_key, case when appeared then 'added' else 'removed' end as change, -1 as column_no, "
        f"cast(null as varchar) as old, cast(null as varchar) as new{ids} from differing where appeared or vanished"
    ]
    for number in range(len(comparison.columns)):
        parts.append(
            f"select {key}, 'changed', {number}, cast(to_json(o{number}) as varchar), "
            f"cast(to_json(n{number}) as varchar){ids} from differing "
            f"where not appeared and not vanished and o{number} is distinct from n{number}"
        )
    return " union all ".join(parts) + " order by row_key, column_no"


def _value(text: str | None) -> Any:
    if text is None or text == "null":
        return None
    try:
        # NaN and infinity are no JSON; they stay words.
        return json.loads(text, parse_constant=str)
    except json.JSONDecodeError:
        return text
