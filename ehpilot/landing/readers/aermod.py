"""PLOTFILE and POSTFILE texts of AERMOD as grids: lines that begin with ``*`` are its head, the others are values.

Belongs here: names and cells of these lines (AERMOD User's Guide, appendix C.3: FORMAT output of POSTFILE, PLOTFILE).
Does not belong here: which outlet a source group is and what x and y are measured in (a form of their own, models),
unformatted (binary) output, which is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from ehpilot.landing.grid import HEAD_ROWS, REJECT_SCHEMA, FileRefused, Grid, head_of, table_of
from ehpilot.landing.readers.container import open_bytes
from ehpilot.landing.readers.csv_records import text_columns
from ehpilot.landing.readers.options import ReadOptions
from ehpilot.landing.readers.sniffed import Sniffed

NETWORK = "NET ID"  # blank for receptors of no network, and then no word of the line
_HEAD = re.compile(r"\*\s+X\s+Y\s+\S")


def open_plotfile(con: duckdb.DuckDBPyConnection, path: Path, sniffed: Sniffed, options: ReadOptions) -> Iterator[Grid]:
    """The one grid of a file; row number = line. Columns are those of the head line (X, Y, AVERAGE CONC … NET ID).

    A second head with the same columns (files put together) goes on; one with others makes its lines rejects.
    ``FileRefused``: NO-HEADER if no line names the columns.
    """
    with open_bytes(path, sniffed.is_gzip) as file:
        lines = file.read().decode(sniffed.encoding).removeprefix("\ufeff").splitlines()
    heads = [number for number, line in enumerate(lines, 1) if line.startswith("*") and _HEAD.match(line)]
    if not heads:
        raise FileRefused("NO-HEADER", "AERMOD文件没有列名行（NOHEADER输出），请带表头输出")
    names = _names(lines[heads[0] - 1])
    rows, numbers, rejects, blanks = _body(lines, heads[0], names)
    table = table_of(text_columns(rows, len(names)), pa.array(numbers, pa.int64()))
    yield Grid(
        con, "aermod", "", len(rows), len(names), [list(names), *head_of(table, HEAD_ROWS - 1)],
        [heads[0], *numbers[: HEAD_ROWS - 1]], header_is_given=True, encoding=sniffed.encoding, _table=lambda: table,
        rejects=pa.Table.from_pylist(rejects, REJECT_SCHEMA), blank_rows=np.array(blanks, dtype=np.int64),
    )  # fmt: skip


def _names(line: str) -> list[str]:
    """Column names of a head line; two blanks part them (``AVERAGE CONC`` is one name)."""
    return re.split(r"\s{2,}", line.strip("* \t"))


def _body(
    lines: Sequence[str], first: int, names: Sequence[str]
) -> tuple[list[list[str]], list[int], list[dict[str, object]], list[int]]:
    """Cells and line numbers of the values, rejects, numbers of blank lines."""
    rows: list[list[str]] = []
    numbers: list[int] = []
    rejects: list[dict[str, object]] = []
    blanks: list[int] = []
    network = names.index(NETWORK) if NETWORK in names else None
    fits = True
    for number, line in enumerate(lines[first:], first + 1):
        if line.startswith("*"):
            fits = _names(line) == names if _HEAD.match(line) else fits
            continue
        cells = line.split()
        if not cells:
            blanks.append(number)
            continue
        if network is not None and len(cells) == len(names) - 1:
            cells.insert(network, "")
        if fits and len(cells) == len(names):
            rows.append(cells)
            numbers.append(number)
        else:
            message = f"这一行有{len(cells)}项，列名有{len(names)}项 / another number of items than the head"
            rejects.append({"row_number": number, "code": "FIELD-COUNT", "text": line.strip(), "message": message})
    return rows, numbers, rejects, blanks
