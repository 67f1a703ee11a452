"""Find and open sealed editions.

An edition is a folder ``editions/NNNN`` that holds SHA256SUMS; ``editions/latest`` is a relative symlink to the newest.
Readers never wait and never fail because of a build: what they open never changes. A process that reads for a long time
opens and closes for each request (DuckDB keeps one instance a path and process).

Does not belong here: the working warehouse, writing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ehpilot.errors import UsageError
from ehpilot.reading.sql_text import literal, name
from ehpilot.reading.sums import SUMS_FILE

MARTS_FILE = "marts.duckdb"
# Clock times stand in these tables only; the content hash and the byte test leave them out (marts.yml, “Time”).
CLOCK_TABLES = ("meta.run", "meta.check_result", "meta.source_file", "meta.edition", "risk_grade.risk_code_ledger")
_NUMBER = re.compile(r"^\d{4,}$")
FICTION_MARK = "演示数据（虚构）"  # on every page, sheet and code of a fictional edition


@dataclass(frozen=True)
class EditionInfo:
    """The facts of one edition, as its own tables state them."""

    path: Path
    edition_no: int
    profile: str
    is_fictional: bool
    as_of: dt.date | None
    input_hash: str
    previous_edition: int | None
    content_hash: str
    sealed_at: dt.datetime | None
    run_id: str = ""
    code_version: str = ""
    facts: dict[str, str] = field(default_factory=dict)


def editions_folder(out: Path) -> Path:
    """``<out>/editions``."""
    return Path(out) / "editions"


def require_folder(out: Path) -> None:
    """Raise UsageError where there is no such build folder: a name mistyped is no folder without editions."""
    if not Path(out).is_dir():
        raise UsageError(
            f"{out}: no such build folder; name another --out or run `ehpilot build` first / "
            f"构建目录 {out} 不存在，请另选 --out 或先运行 ehpilot build"
        )


def folder_name(edition_no: int) -> str:
    """Folder name of an edition number: 7 → ``0007``."""
    return f"{edition_no:04d}"


def sealed_numbers(out: Path) -> list[int]:
    """Numbers of the sealed editions under ``out``, ascending."""
    folder = editions_folder(out)
    if not folder.is_dir():
        return []
    names = [path.name for path in folder.iterdir() if _NUMBER.match(path.name) and (path / SUMS_FILE).is_file()]
    return sorted(int(name) for name in names)


def latest(out: Path) -> Path | None:
    """The folder that ``latest`` points to, resolved; without that link the newest sealed; None before the first."""
    link = editions_folder(out) / "latest"
    if (link / SUMS_FILE).is_file():
        return link.resolve()
    numbers = sealed_numbers(out)
    return (editions_folder(out) / folder_name(numbers[-1])).resolve() if numbers else None


def find(out: Path, edition_no: int | None = None) -> Path:
    """Folder of edition ``edition_no``, or of the latest one. Raises UsageError with what to do when there is none."""
    if edition_no is None:
        path = latest(out)
        if path is None:
            raise UsageError(f"{out}: no edition yet; run `ehpilot build` first / 尚无版次，请先运行 ehpilot build")
        return path
    path = editions_folder(out) / folder_name(edition_no)
    if not (path / SUMS_FILE).is_file():
        known = ", ".join(str(number) for number in sealed_numbers(out)) or "none"
        raise UsageError(f"{out}: edition {edition_no} does not exist (sealed: {known}) / 没有第 {edition_no} 版")
    return path.resolve()


def marts_file(edition: Path) -> Path:
    """Path of the edition's marts. Raises UsageError when the folder is no edition."""
    path = Path(edition) / MARTS_FILE
    if not path.is_file():
        raise UsageError(f"{edition}: not an edition, {MARTS_FILE} is missing / 不是版次文件夹，缺 {MARTS_FILE}")
    return path.resolve()


def private_instance(threads: int = 2) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB of its own, which fetches no extension; editions are attached to it."""
    return duckdb.connect(config={"threads": threads, "autoinstall_known_extensions": "false"})


def attached(edition: Path) -> duckdb.DuckDBPyConnection:
    """A connection whose current database is the edition's marts, read-only; the caller closes it."""
    connection = private_instance()
    try:
        connection.execute(f"attach {literal(marts_file(edition))} as edition (read_only)")
        connection.execute("use edition")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def open_marts(edition: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection as ``attached`` gives it, closed at the end of the block."""
    with closing(attached(edition)) as connection:
        yield connection


def info(edition: Path) -> EditionInfo:
    """Facts of an edition (sealed or still being built) from its meta tables."""
    with open_marts(edition) as connection:
        return info_of(connection, edition)


def info_of(connection: duckdb.DuckDBPyConnection, edition: Path) -> EditionInfo:
    """As ``info``, over an open connection to the edition's marts."""
    row = connection.execute(
        "select edition_no, profile, is_fictional, as_of, input_hash, previous_edition, content_hash, sealed_at "
        "from meta.edition order by edition_no desc nulls last limit 1"
    ).fetchone()
    if row is None:
        raise UsageError(f"{edition}: meta.edition is empty / meta.edition 没有记录")
    run = connection.execute(
        "select run_id, code_version from meta.run where edition_no = ? order by started_at desc nulls last limit 1",
        [row[0]],
    ).fetchone()
    facts = {}
    if has_table(connection, "meta.edition_fact"):
        facts = dict(connection.execute("select name, value from meta.edition_fact order by name").fetchall())
    run_id, code_version = run or ("", "")
    return EditionInfo(
        Path(edition), row[0], row[1], bool(row[2]), row[3], row[4] or "", row[5], row[6] or "", row[7],
        run_id or "", code_version or "", facts,
    )  # fmt: skip


def list_editions(out: Path) -> list[EditionInfo]:
    """Facts of all sealed editions under ``out``, oldest first."""
    return [info(find(out, number)) for number in sealed_numbers(out)]


def has_table(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """True if ``schema.table`` exists in the current database."""
    return bool(columns_of(connection, table))


def table_names(connection: duckdb.DuckDBPyConnection, database: str | None = None) -> list[str]:
    """``schema.table`` of every table of a database (default: the current one), sorted."""
    rows = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        f"where database_name = {database_name(database)} order by 1"
    ).fetchall()
    return [row[0] for row in rows]


def database_name(database: str | None) -> str:
    """SQL of a database's name; the current one by default."""
    return literal(database) if database else "current_database()"


def key_of(connection: duckdb.DuckDBPyConnection, table: str, database: str | None = None) -> list[str]:
    """Primary key columns of a table in their declared order; empty if it has none."""
    schema, _, table_name = table.partition(".")
    row = connection.execute(
        "select constraint_column_names from duckdb_constraints() where constraint_type = 'PRIMARY KEY' "
        f"and database_name = {database_name(database)} and schema_name = ? and table_name = ?",
        [schema, table_name],
    ).fetchone()
    return list(row[0]) if row else []


def columns_of(connection: duckdb.DuckDBPyConnection, table: str, database: str | None = None) -> dict[str, str]:
    """Column names and DuckDB types of a table, in order; empty where there is no such table.

    Asked of the table itself: ``duckdb_columns()`` and ``duckdb_tables()`` list all of every attached database first.
    """
    schema, _, table_name = table.partition(".")
    place = ([database] if database else []) + [schema, table_name]
    try:
        return dict(connection.execute(f"select name, type from pragma_table_info({literal(name(*place))})").fetchall())
    except duckdb.CatalogException:
        return {}


def code_labels(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """Chinese labels by code set and code from ``meta.code_label``; empty if the edition has none."""
    if not has_table(connection, "meta.code_label"):
        return {}
    rows = connection.execute("select code_set, code, label_cn from meta.code_label where label_cn is not null")
    return {(code_set, code): label for code_set, code, label in rows.fetchall()}


def citations(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Sources of reference figures as documents cite them, by how the seeds write them; empty if it has none."""
    if not has_table(connection, "report.document_source"):
        return {}
    return dict(connection.execute("select source_ref, source_cn from report.document_source").fetchall())
