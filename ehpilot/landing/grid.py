"""A sheet (or file) as rows of texts: the common shape that every reader gives and the form code reads.

Belongs here: the ``Grid`` type and the refusal of a file. Does not belong here: the choice of a reader and how a format
is read (``readers``), what a header is and what a column means (forms), types of values (``values``).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

HEAD_ROWS = 60
REJECT_SCHEMA = pa.schema(
    [("row_number", pa.int64()), ("code", pa.string()), ("text", pa.string()), ("message", pa.string())]
)
Merge = tuple[int, int, int, int]
SeenCell = tuple[int, int, str, str]  # row from 1, column from 0, shown, scaled, dated or unit, and the text seen
_relation_numbers = itertools.count(1)


class FileRefused(Exception):  # noqa: N818 (reads as what happened)
    """The whole file can't be read: one quarantined record with this reason code and a message for clerks."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass
class Grid:
    """One sheet, layer or table of a file.

    ``name``: sheet ('' if the format has none). ``head``: the first 60 rows as texts, ``head_rows`` their row numbers.
    ``header_is_given``: head[0] holds column names and is no row of the relation. ``merged``: (row, column, row,
    column), rows from 1, columns from 0, inclusive. ``hidden_columns`` from 0. ``formulas_without_value``: (row,
    column), NULL in the relation. ``counts_from_1904``: the workbook's day numbers. ``blank_rows``: blank csv
    lines, which are not in the relation. ``missing_marks``: sentinels of the format by column name.
    ``rejects``: see ``REJECT_SCHEMA``; filled by ``load`` or ``rows``.
    """

    connection: duckdb.DuckDBPyConnection
    kind: str
    name: str
    n_rows: int
    n_columns: int
    head: list[list[str | None]]
    head_rows: list[int]
    header_is_given: bool = False
    merged: list[Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    is_hidden: bool = False
    formulas_without_value: list[tuple[int, int]] = field(default_factory=list)
    blank_rows: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    rejects: pa.Table = field(default_factory=REJECT_SCHEMA.empty_table)
    missing_marks: dict[str, list[str]] = field(default_factory=dict)
    encoding: str = ""
    source_crs: str = ""
    counts_from_1904: bool = False
    schema: str = "temp"
    relation: str = ""
    _table: Callable[[], pa.Table] | None = None
    _seen: Callable[[Collection[int], Collection[int]], list[SeenCell]] | None = None
    _loaded_with: tuple[Any, ...] | None = None
    _keep_alive: list[Any] = field(default_factory=list)

    def rows(self, first_row: int | None = None, n_columns: int | None = None) -> pa.Table:
        """All rows as an Arrow table: row_number int64, c0..cN string. Arguments as of ``load``. ``MemoryError``: a csv
        file that only DuckDB may read (see ``is_large``)."""
        if self._table is None:
            raise MemoryError("large csv: use load()")
        return self._table()

    def all_rows(self) -> pa.Table:
        """As ``rows``, with the rows of every width, blank to the widest."""
        return self.rows()

    def seen(self, keys: Collection[int], numbers: Collection[int]) -> list[SeenCell]:
        """Cells of these columns that a number format shows as another text than the stored one: of keys every such
        cell, of numbers those that it scales or gives a unit."""
        return self._seen(keys, numbers) if self._seen is not None else []

    @property
    def is_large(self) -> bool:
        """True for a grid that ``rows`` can't give."""
        return self._table is None

    def load(self, first_row: int | None = None, n_columns: int | None = None) -> str:
        """Makes the DuckDB relation (row_number BIGINT, c0..cN VARCHAR) and returns its name.

        ``first_row`` and ``n_columns`` count for csv only: rows before ``first_row`` are left out, rows of another
        width are ``rejects``. ``FileRefused``: the file breaks off or is too large.
        """
        wanted = (first_row, n_columns)
        if self.relation and self._loaded_with == wanted:
            return self.relation
        self.release()
        self.relation = self._make(first_row, n_columns)
        self._loaded_with = wanted
        return self.relation

    def _make(self, first_row: int | None, n_columns: int | None) -> str:
        name = new_relation_name()
        self.connection.register(name, self.rows(first_row, n_columns))
        return name

    def release(self) -> None:
        """Drops the relation."""
        if self.relation:
            self.connection.unregister(self.relation)
            self.relation = ""


def new_relation_name() -> str:
    """A relation name that no other grid of this process has."""
    return f"landing_grid_{next(_relation_numbers)}"


def column_names(n_columns: int) -> list[str]:
    """``row_number``, ``c0`` … as every relation has them."""
    return ["row_number", *(f"c{i}" for i in range(n_columns))]


def head_of(table: pa.Table, n_rows: int = HEAD_ROWS) -> list[list[str | None]]:
    """The first rows of a relation as lists of texts."""
    columns = [column.to_pylist() for column in table.slice(0, n_rows).drop_columns("row_number").columns]
    return [list(row) for row in zip(*columns, strict=True)]


def table_of(columns: Sequence[pa.Array | pa.ChunkedArray], row_numbers: pa.Array) -> pa.Table:
    """A relation from its text columns."""
    return pa.Table.from_arrays([row_numbers, *columns], names=column_names(len(columns)))


def spread_merged(rows: Sequence[Sequence[str | None]], merged: Sequence[Merge]) -> list[list[str | None]]:
    """Header rows with the text of each merged range in all of its cells; ``rows[0]`` is row 1 of the sheet."""
    spread = [list(row) for row in rows]
    for top, left, bottom, right in merged:
        if top > len(spread) or left >= len(spread[top - 1]):
            continue
        text = spread[top - 1][left]
        for row in spread[top - 1 : bottom]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = text
    return spread
