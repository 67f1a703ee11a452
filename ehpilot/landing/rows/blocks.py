"""Parts of sheets of equal layout as one relation: a thousand small sheets are a dozen queries.

Belongs here: the gathering, and making the relations known to DuckDB. Does not belong here: their SQL
(:mod:`ehpilot.landing.rows.records`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ehpilot.landing.forms import PartForm
from ehpilot.landing.layout.mapping import Mapping
from ehpilot.landing.layout.sheet_part import SheetPart
from ehpilot.landing.sql import literal, quote

ROWS_OF_A_PIECE = 16_384


@dataclass
class Block:
    """Parts of sheets of one layout as one relation: _file_no, _sheet, row_number, _hidden, c0…, k_<raw column>."""

    number: int
    sheet_part: SheetPart
    is_duplicate: bool
    relation: str = ""
    is_large: bool = False
    file_nos: list[int] = field(default_factory=list)
    tables: list[pa.Table] = field(default_factory=list)

    @property
    def part(self) -> PartForm:
        """Form part of the block."""
        return self.sheet_part.part

    @property
    def mapping(self) -> Mapping:
        """Header mapping that all its sheets share."""
        return self.sheet_part.mapping

    def header(self, column: str) -> str | None:
        """Header text of a raw column as in the file, None where no cell of the row feeds it."""
        found = self.mapping.headers.get(column)
        if found is not None:
            return found
        form = self.part.columns.get(column)
        return form.preamble[0] if form is not None and form.preamble else None


class Blocks:
    """All blocks of one raw table, in the order in which files came."""

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        self.blocks: list[Block] = list(blocks)
        self.failed_files: list[int] = []
        self._by_layout: dict[str, Block] = {}

    def add(self, sheet_part: SheetPart, file_no: int, is_duplicate: bool) -> None:
        """Put a sheet to those of the same layout; a csv that only DuckDB may read is a block of its own."""
        if sheet_part.table is None:
            self.blocks.append(Block(len(self.blocks), sheet_part, is_duplicate, is_large=True, file_nos=[file_no]))
            return
        layout = _layout(sheet_part, is_duplicate)
        block = self._by_layout.get(layout)
        if block is None:
            block = Block(len(self.blocks), sheet_part, is_duplicate)
            self._by_layout[layout] = block
            self.blocks.append(block)
        block.file_nos.append(file_no)
        block.tables.append(_with_facts(sheet_part, file_no))

    def attach(self, con: duckdb.DuckDBPyConnection, name: str) -> None:
        """Make the relation of every block known to the connection."""
        for block in self.blocks:
            if block.is_large:
                self.failed_files = block.file_nos  # should loading it raise, these are the files
                _attach_large(block)
            else:
                block.relation = f"landing_block_{name}_{block.number}"
                con.register(block.relation, _in_even_pieces(pa.concat_tables(block.tables)))

    def detach(self, con: duckdb.DuckDBPyConnection) -> None:
        """Forget the relations."""
        for block in self.blocks:
            if block.is_large and block.sheet_part.grid is not None:
                block.sheet_part.grid.release()
            elif block.relation:
                con.unregister(block.relation)
            block.relation = ""


def _layout(sheet_part: SheetPart, is_duplicate: bool) -> str:
    """All that the SQL of a block depends on."""
    mapping = sheet_part.mapping
    siblings = [(m.cells, m.titles) for _, m in sheet_part.siblings] if sheet_part.counts_skips else []
    return repr(
        (
            sheet_part.form.form_id,
            sheet_part.part_no,
            is_duplicate,
            sheet_part.holds_records,
            sheet_part.has_formula,
            sheet_part.has_notes,
            sheet_part.counts_skips,
            sheet_part.is_hidden,
            sheet_part.hidden_columns,
            mapping.width,
            mapping.cells,
            mapping.headers,
            mapping.brackets,
            mapping.beside,
            mapping.wide,
            mapping.repeat,
            mapping.titles,
            siblings,
            sorted(sheet_part.facts),
            sheet_part.missing_marks,
            sheet_part.source_crs,
        )
    )


def _with_facts(sheet_part: SheetPart, file_no: int) -> pa.Table:
    table = sheet_part.table
    assert table is not None
    rows, width = table.num_rows, max(sheet_part.mapping.width, 1)
    columns = {"row_number": table.column("row_number")}
    for index in range(width):
        name = f"c{index}"
        columns[name] = table.column(name) if index < table.num_columns - 1 else pa.nulls(rows, pa.string())
    columns["_file_no"] = pa.array(np.full(rows, file_no, dtype=np.int32))
    columns["_sheet"] = _repeat(sheet_part.sheet, rows)
    if sheet_part.hidden_rows and rows:
        hidden = pa.array(sheet_part.hidden_rows, pa.int64())
        columns["_hidden"] = pc.is_in(table.column("row_number"), value_set=hidden)
    else:
        columns["_hidden"] = pa.array(np.zeros(rows, dtype=bool))
    for name in sorted(sheet_part.facts):
        columns[f"k_{name}"] = _repeat(sheet_part.facts[name], rows)
    return pa.table(columns)


def _in_even_pieces(table: pa.Table) -> pa.Table:
    """The same rows in pieces of equal size: DuckDB goes through a table piece by piece, and the one row that each of a
    hundred workbooks has would be a hundred pieces."""
    return pa.Table.from_batches(table.combine_chunks().to_batches(ROWS_OF_A_PIECE), table.schema)


def _repeat(text: str | None, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), rows)


def _attach_large(block: Block) -> None:
    sheet_part = block.sheet_part
    assert sheet_part.grid is not None
    mapping = sheet_part.mapping
    block.relation = large_relation(block, sheet_part.grid.load(mapping.body_row, mapping.width or None))


def large_relation(block: Block, relation: str) -> str:
    """SQL of a block's relation over the rows (row_number, c0 …) of its one file."""
    sheet_part = block.sheet_part
    facts = "".join(
        f", {literal(text)}::varchar as {quote('k_' + name)}" for name, text in sorted(sheet_part.facts.items())
    )
    return (
        f"(select row_number, columns('^c[0-9]+$'), {block.file_nos[0]}::integer as _file_no, "
        f"{literal(sheet_part.sheet)} as _sheet, false as _hidden{facts} from {relation})"
    )
