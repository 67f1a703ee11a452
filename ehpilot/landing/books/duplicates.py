"""One business key, several records: equal ones are counted once, different ones are a conflict.

Belongs here: finding keys that stand twice in a raw table (in one file or in several), SKIP-DUPLICATE, DUP-DIFF and the
``winner`` decision.
Does not belong here: duplicates of whole files (inventory), values that differ between sources (dbt).

Null is a value in a key. Equal means: every declared column is equal, but the texts beside measurements and those that
only say once more how a value was written (``as_written``). A row that says one thing in several units (SO2 in μg/m3
and in ppb) says it once: the mass is kept. With different values all records of the key are quarantined; where a
``winner`` decision names a file, that file's records stay and the others are quarantined DUP-DIFF with the winner
named. Two different records inside the winning file stay a conflict.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import duckdb
import numpy as np
from numpy.typing import NDArray

from ehpilot.landing.books.accounting import short_id_sql
from ehpilot.landing.sql import literal, quote
from ehpilot.register import RawTable

PART_ROWS = 16_000_000  # hashes sorted at once: 128 MB


@dataclass(frozen=True)
class Settled:
    """What was found of repeated keys: decided objects (``raw table:key``) that were used, files that have such
    keys."""

    decided: set[str] = field(default_factory=set)
    file_nos: set[int] = field(default_factory=set)


def winner_object(object_id: str) -> str:
    """``raw table:business key`` without the empty parts at its end, as objects of winners are compared."""
    return object_id.rstrip("|")


def settle_duplicates(
    con: duckdb.DuckDBPyConnection, table: RawTable, winner: Callable[[str, str], str | None]
) -> Settled:
    """Take repeated keys out of ``raw.<table>`` and book them. Needs temp table ``landing_files`` (file_no, path,
    id_hash).

    Args:
        winner: path of the file that a decision names for (raw table, key text), or None.
    """
    if not table.grain or not _has_repeats(con, table):
        return Settled()
    _collect(con, table)
    used = _name_winners(con, table, winner)
    repeated = con.execute("select distinct _file_no from landing_repeat where members > 1").fetchall()
    _judge(con)
    _book(con, table)
    con.execute(
        f"delete from raw.{quote(table.name)} where rowid in (select rid from landing_repeat where verdict <> 'keep')"
    )
    return Settled(used, {number for (number,) in repeated})


def _key_hash(table: RawTable) -> str:
    return f"hash({', '.join(quote(name) for name in table.grain)})"


def _has_repeats(con: duckdb.DuckDBPyConnection, table: RawTable) -> bool:
    """Fill temp table ``landing_repeated`` with the hashes of keys that stand more than once.

    Sorting the bare hashes takes an eighth of the memory of grouping by them, which matters for hourly tables; and each
    reading of the table costs as much as sorting a million of them.
    """
    name = f"raw.{quote(table.name)}"
    rows = con.execute(f"select count(*) from {name}").fetchone()[0]  # type: ignore[index]
    parts = rows // PART_ROWS + 1
    found = []
    for part in range(parts):
        where = f" where {_key_hash(table)} % {parts} = {part}" if parts > 1 else ""
        hashes = con.execute(f"select {_key_hash(table)} as h from {name}{where}").fetchnumpy()["h"]
        found.append(_repeated(np.asarray(hashes, dtype=np.uint64)))
    repeated = np.concatenate(found)
    if len(repeated) == 0:
        return False
    con.register("landing_hashes", {"h": repeated})
    con.execute("create or replace temp table landing_repeated as select h::ubigint as h from landing_hashes")
    con.unregister("landing_hashes")
    return True


def _repeated(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Values that stand more than once. Sorts in place: the lower and the upper half, each in a thread of its own."""
    middle = len(hashes) // 2
    if middle:
        hashes.partition(middle)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(np.ndarray.sort, (hashes[:middle], hashes[middle:])))
    return np.unique(hashes[1:][hashes[1:] == hashes[:-1]])


def _collect(con: duckdb.DuckDBPyConnection, table: RawTable) -> None:
    """Temp table ``landing_repeat``: the records in question with key number, order within the key and value hash."""
    texts = {f"{column.name}_text" for column in table.columns if column.kind == "measurement"}
    texts |= {column.name for column in table.columns if column.meta.get("as_written")}
    values = [quote(c.name) for c in table.columns if c.name not in table.grain and c.name not in texts]
    keys = [quote(name) for name in table.grain]
    packed = ", ".join(f"v{number} := {name}" for number, name in enumerate(values))
    says_unit = "unit" in table.column and "unit" not in table.grain
    listed = f"struct_pack({packed})" if values else "0"
    key_text = " || '|' || ".join(_escaped(key) for key in keys)
    key_order = ", ".join(f"{key} nulls first" for key in keys)
    con.execute(f"""
        create or replace temp table landing_repeat as
        select *, count(*) over (partition by key_no) as members,
        min(seq) over (partition by key_no, vals) as first_equal
        from (
            select rowid as rid, _record_id, _file_no, _sheet, _row, _field, {key_text} as key_text,
                row_number() over (partition by _file_no, _sheet, _row, _field order by rowid) as twin,
                hash({listed}) as vals,
                dense_rank() over (order by {key_order}) as key_no,
                row_number() over (
                    partition by {", ".join(keys)} order by _file_no, _sheet, _row, _field, rowid) as seq,
                {"unit" if says_unit else "null::varchar"} as unit, null::integer as winner_no
            from raw.{quote(table.name)} where {_key_hash(table)} in (select h from landing_repeated))""")


def _escaped(key: str) -> str:
    """A key value as ``row_key`` writes it: ``\\`` and ``|`` escaped, null as nothing."""
    return f"replace(replace(coalesce({key}::varchar, ''), '\\', '\\\\'), '|', '\\|')"


def _name_winners(
    con: duckdb.DuckDBPyConnection, table: RawTable, winner: Callable[[str, str], str | None]
) -> set[str]:
    used = set()
    keys = con.execute(
        "select key_no, any_value(key_text) from landing_repeat group by key_no having count(distinct vals) > 1 "
        "order by 1"
    ).fetchall()
    numbers = dict(con.execute("select path, file_no from landing_files").fetchall())
    for key_no, key_text in keys:
        path = winner(table.name, key_text)
        if path is None:
            continue
        held = con.execute(
            "select count(*) from landing_repeat where key_no = ? and _file_no = ?", [key_no, numbers.get(path, -1)]
        ).fetchone()
        if held is not None and held[0]:
            con.execute("update landing_repeat set winner_no = ? where key_no = ?", [numbers[path], key_no])
            used.add(winner_object(f"{table.name}:{key_text}"))
    return used


def _judge(con: duckdb.DuckDBPyConnection) -> None:
    """Verdict of each record: keep, skip (equal to an earlier one that stays) or differ."""
    con.execute("""
        create or replace temp table landing_repeat as
        select *, case
            when members = 1 then 'keep'
            when kinds = 1 then case when seq = first_equal then 'keep' else 'skip' end
            when places = 1 and units = members then case when preference = 1 then 'keep' else 'skip' end
            when winner_no is null or _file_no <> winner_no or winner_kinds > 1 then 'differ'
            when seq = first_in_file then 'keep'
            else 'skip' end as verdict
        from (
            select *, (select count(distinct i.vals) from landing_repeat as i where i.key_no = o.key_no) as kinds,
                (select count(distinct i.vals) from landing_repeat as i
                 where i.key_no = o.key_no and i._file_no = o.winner_no) as winner_kinds,
                min(seq) over (partition by key_no, _file_no) as first_in_file,
                (select count(distinct (i._file_no, i._sheet, i._row)) from landing_repeat as i
                 where i.key_no = o.key_no) as places,
                (select count(distinct i.unit) from landing_repeat as i where i.key_no = o.key_no) as units,
                row_number() over (partition by key_no order by (unit like '%g/%m3') desc nulls last, seq) as preference
            from landing_repeat as o)""")


def _book(con: duckdb.DuckDBPyConnection, table: RawTable) -> None:
    # a header that stands twice in a sheet: ids tell its columns apart as records.BlockSql does
    in_id = "case when r.twin > 1 and r._field <> '' then r._field || '#' || r.twin else r._field end"
    place = short_id_sql("f.id_hash", "r._sheet", "r._row::varchar", in_id)
    record = f"coalesce(r._record_id, {place})"
    name = literal(table.name)
    con.execute(f"""
        insert into intake.skipped by name
        select {record} as record_id, r._file_no as file_no, r._sheet as sheet, r._row as row_number, r._field as field,
            'SKIP-DUPLICATE' as reason_code, {name} as raw_table
        from landing_repeat as r join landing_files as f on f.file_no = r._file_no where r.verdict = 'skip'
        order by r._file_no, r._sheet, r._row, r._field""")
    con.execute(f"""
        insert into intake.quarantine by name
        select {short_id_sql("record_id", name, "''", "'DUP-DIFF'")} as quarantine_id, * from (
            select {record} as record_id, r._file_no as file_no, r._sheet as sheet, r._row as row_number, '' as field,
                left(r.key_text, 2000) as value, 'DUP-DIFF' as reason_code,
                case when w.path is not null and r._file_no <> r.winner_no
                    then '同一业务键内容不同，按决定采用文件 ' || w.path
                    else '同一业务键内容不同：另见文件 ' || o.path || coalesce(' ' || nullif(other._sheet, ''), '') ||
                        ' 第' ||
                        other._row || '行；请更正，或以 winner 决定指明' end as message,
                {name} as raw_table
            from landing_repeat as r
            join landing_files as f on f.file_no = r._file_no
            join lateral (
                select _file_no, _sheet, _row from landing_repeat as i where i.key_no = r.key_no and i.vals <> r.vals
                order by i.seq limit 1) as other on true
            join landing_files as o on o.file_no = other._file_no
            left join landing_files as w on w.file_no = r.winner_no
            where r.verdict = 'differ'
            order by r._file_no, r._sheet, r._row, r._field)""")
