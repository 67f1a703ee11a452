"""Plain rows of a big csv in bulk into ``raw.<table>``: the text of the file is never written down.

Writing tables is what loading costs. The distinct texts of columns that SQL cannot read (names, codes, pollutants) are
learned from stretches spread over the file, then the file is read once into the raw table; where the stretches told
too little, they are learned from the whole file and it is read again. Rows come in the file's order, whence their row
numbers. A row that is not plain (a flag, a fault, a note, anything SQL leaves open) carries its
cells as JSON in ``_cells`` for a moment; those rows are taken out again and go the way of every other file.

Belongs here: which files may go this way, and the way. Does not belong here: what is plain
(:mod:`ehpilot.landing.rows.conform`, values), rows that are not, row numbers (``readers.csv_duckdb``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import duckdb

from ehpilot.landing.readers.csv_duckdb import LargeCsv, PouredRows
from ehpilot.landing.rows.blocks import Block, large_relation
from ehpilot.landing.rows.conform import TableLoad
from ehpilot.landing.rows.faults import none_filled
from ehpilot.landing.rows.physical import SUSPICIOUS
from ehpilot.landing.rows.raw_rows import value_items
from ehpilot.landing.rows.stage import Stage, StagedColumn, StageSetting
from ehpilot.landing.sql import filled, literal, quote
from ehpilot.landing.values.kinds import fast_sql
from ehpilot.register import RawTable

MAX_WORDS = 20_000  # distinct texts of a column that SQL cannot read
SAMPLE_ROWS = 20_000
MAX_SHARE = 0.1  # of rows in the sample that are not plain; beyond it the other way is faster


@dataclass(frozen=True)
class BulkRows:
    """Rows of a file that stand in the raw table, and the number of the last of them (0: none)."""

    count: int
    last_row: int


def load_bulk_csv(setting: StageSetting, table: RawTable, block: Block) -> BulkRows | None:
    """Load the plain rows of a block and leave the others as the relation of its grid. None: nothing was done.

    Raises:
        FileRefused: the file breaks off inside quotes.
    """
    grid = block.sheet_part.grid
    if not block.is_large or not isinstance(grid, LargeCsv) or not _suits(table, block):
        return None
    load = TableLoad(setting, table, [block])
    try:
        return _Run(load, block, grid).run()
    except duckdb.Error:  # whatever it is, the other way tells it better
        _forget(load.stage, block)
        return None


def _suits(table: RawTable, block: Block) -> bool:
    """One row is one record of one table, and nothing looks at two rows or two columns of a row."""
    part, sheet_part = block.part, block.sheet_part
    if table.keeps_cells or block.is_duplicate or sheet_part.holds_records or block.mapping.width < 2:
        return False
    if part.wide is not None or block.mapping.wide or part.where or part.where_not:
        return False
    if not sheet_part.counts_skips or len(sheet_part.siblings) != 1:
        return False
    if sheet_part.is_hidden or sheet_part.hidden_columns:
        return False
    if any(form.fill_blank or form.section for form in part.columns.values()):
        return False
    return not any(column.kind in ("longitude", "latitude") for column in table.columns)


def _forget(stage: Stage, block: Block) -> None:
    stage.con.execute(f"delete from {_raw(stage)} where _file_no = {block.file_nos[0]}")


def _raw(stage: Stage) -> str:
    return f"raw.{quote(stage.table.name)}"


def _steps(plan: dict[str, Any]) -> list[str]:
    return [plan["name"].strip(), *(name for child in plan["children"] for name in _steps(child))]


class _Run:
    """The way of one file."""

    def __init__(self, load: TableLoad, block: Block, grid: LargeCsv):
        self.load, self.block, self.grid = load, block, grid
        self.stage, self.con = load.stage, load.stage.con
        self.known: dict[str, str] = {}  # raw column → SQL of its plain values, learned from the file
        self.width = block.mapping.width
        self.cells = [f"c{index}" for index in range(self.width)]
        self.file_no, self.name = block.file_nos[0], _raw(load.stage)
        self.relation = self._over(grid.peek(self.width))

    def run(self) -> BulkRows | None:
        whole, body_row = self.grid.peek(self.width), self.block.mapping.body_row
        for stretches in filter(None, (self.grid.glance(self.width), whole)):
            if not self._learn_words(stretches, whole) or not self._is_mostly_plain() or not self._keeps_order():
                return None
            if not self._number(self.grid.pour(self._insert, body_row, self.width)):
                _forget(self.stage, self.block)
                return None
            if stretches == whole or self._was_mostly_plain():
                break
            _forget(self.stage, self.block)
        self._take_out(body_row)
        found = self.con.execute(f"select count(*), max(_row) from {self.name} {self._own()}").fetchone()
        return BulkRows(found[0], found[1] or 0)  # type: ignore[index]

    def _keeps_order(self) -> bool:
        """True where the plan is a chain of steps that keep the rows' order: no join, and an insert by batches."""
        insert = self._insert(self.grid.peek(self.width))
        plan = self.con.execute(f"explain (format json) {insert}").fetchall()[0][1]
        threads = self.con.execute("select current_setting('threads')").fetchone()
        first, *others = _steps(json.loads(plan)[0])
        is_ordered = first == "BATCH_INSERT" or (first == "INSERT" and threads == (1,))
        return is_ordered and set(others) <= {"PROJECTION", "READ_CSV"}

    def _own(self) -> str:
        return f"where _file_no = {self.file_no}"

    def _over(self, csv: str) -> str:
        """The block's relation over one of c0 …"""
        return large_relation(self.block, f"(select null::bigint as row_number, * from {csv})")

    # -- words ------------------------------------------------------------------------------------------------------

    def _learn_words(self, stretches: str, whole: str) -> bool:
        """SQL for the columns that have none, from their distinct texts; False where they are too many.

        Texts of few words are looked up too, where that is possible: it costs a tenth of testing each. A column whose
        second half of the stretches tells a word that the first did not is read in the whole file if it must be.
        """
        self.known.clear()
        slow = [column for column in self.stage.columns if self._is_slow(column)]
        if any(column.sql_type != "varchar" or column.keeps_text for column in slow):
            return False
        texts = [column for column in self.stage.columns if column not in slow and column.raw.kind in ("text", "name")]
        sample = f"(select * from {self.relation} limit {SAMPLE_ROWS})"
        found = self._distinct(slow + texts, sample)
        if any(len(found[column.raw.name]) > SAMPLE_ROWS // 4 for column in slow):
            return False
        columns = [column for column in slow + texts if len(found[column.raw.name]) <= SAMPLE_ROWS // 4]
        if stretches != whole:
            settled = self._learn_settled(columns, stretches)
            columns = [column for column in slow if column not in settled]
        found = self._distinct(columns, self.relation)
        if any(len(found[column.raw.name]) > MAX_WORDS for column in columns if column in slow):
            return False
        for column in columns:
            if len(found[column.raw.name]) <= MAX_WORDS:
                self._know(column, self._text(column), sorted(found[column.raw.name]))
        return True

    def _learn_settled(self, columns: list[StagedColumn], stretches: str) -> list[StagedColumn]:
        """Learn the columns of which half of the stretches tell as many words as all; gives these columns."""
        relation = self._over(stretches)
        (rows,) = self.con.execute(f"select count(*) from {relation}").fetchone() or (0,)
        found = self._distinct(columns, relation)
        early = self._distinct(columns, f"(select * from {relation} limit {rows // 2})")
        settled = [column for column in columns if set(found[column.raw.name]) == set(early[column.raw.name])]
        settled = [column for column in settled if len(found[column.raw.name]) <= MAX_WORDS]
        for column in settled:
            self._know(column, self._text(column), sorted(found[column.raw.name]))
        return settled

    def _distinct(self, columns: list[StagedColumn], relation: str) -> dict[str, list[str]]:
        if not columns:
            return {}
        texts = [self._text(column) for column in columns]
        lists = ", ".join(f"list(distinct {text}) filter ({filled(text)})" for text in texts)
        found = self.con.execute(f"select {lists} from {relation}").fetchone() or ()
        return {column.raw.name: words or [] for column, words in zip(columns, found, strict=True)}

    def _text(self, column: StagedColumn) -> str:
        return column.texts[self.block.number].parsed

    def _is_slow(self, column: StagedColumn) -> bool:
        options = column.options[self.block.number]
        return column.raw.kind != "personal" and fast_sql(column.raw.kind, "c0", options) is None

    def _know(self, column: StagedColumn, text: str, words: list[str]) -> None:
        """An ENUM of the words that are read without flag and fault: its lookup is a hash and keeps the rows' order."""
        rows = self.load.parse(column, words, self.block.number).to_pylist()
        plain = {
            row["text"]: row["value"]
            for row in rows
            if row["value"] is not None and not (row["error"] or row["flag"] or row["qualifier"] or row["unit"])
        }
        if not plain:
            self.known[column.raw.name] = "null::varchar"
            return
        word = f"try_cast({text} as enum({', '.join(map(literal, plain))}))"
        if all(word == value for word, value in plain.items()):
            self.known[column.raw.name] = f"{word}::varchar"
        else:
            values = ", ".join(map(literal, plain.values()))
            self.known[column.raw.name] = f"[{values}][enum_code({word})::bigint + 1]"

    # -- rows -------------------------------------------------------------------------------------------------------

    def _other(self) -> str:
        """SQL over the stage's columns: the row is not plain."""
        tests = ["s._class is not null", "s._hidden", "s._flagged"]
        for column in self.stage.columns:
            tests.append(f"s.{column.rest} is not null")
            if column.raw.kind == "measurement":
                tests.append(f"s.{column.value} > {SUSPICIOUS}")
            if column.required:
                tests.append(f"s.{column.value} is null")
        if self.block.part.require_any:
            tests.append(f"({none_filled(self.stage, self.block)})")
        return " or ".join(tests)

    def _is_mostly_plain(self) -> bool:
        sample = f"(select * from {self.relation} limit {SAMPLE_ROWS})"
        select = self.load.block_select(self.block, sample, known=self.known)
        found = self.con.execute(f"select count(*), count(*) filter ({self._other()}) from ({select}) as s").fetchone()
        return found is not None and found[1] <= MAX_SHARE * found[0]

    def _was_mostly_plain(self) -> bool:
        found = self.con.execute(f"select count(*), count(_cells) from {self.name} {self._own()}").fetchone()
        return found is not None and found[1] <= MAX_SHARE * found[0]

    def _insert(self, csv: str) -> str:
        """Every line of the file as a row of the raw table, without its number; see the module for ``_cells``."""
        names, items = value_items(self.stage, has_places=False)
        cells = f"case when {self._other()} then to_json([{', '.join(self.cells)}])::varchar end"
        names += ["_file_no", "_sheet", "_field", "_flags", "_cells", "_loaded_at"]
        items += ["s._file_no", "s._sheet", "s._field", "[]::varchar[]", cells]
        items.append(f"timestamp '{self.stage.setting.loaded_at}'")
        stage = self.load.block_select(self.block, self._over(csv), self.cells, self.known)
        return f"insert into {self.name} ({', '.join(names)}) select {', '.join(items)} from ({stage}) as s"

    def _number(self, poured: PouredRows) -> bool:
        """Row numbers from the places in the table; False where they cannot be told."""
        found = self.con.execute(f"select count(*), min(rowid), max(rowid) from {self.name} {self._own()}").fetchone()
        count, first, last = found or (0, None, None)
        pieces = poured.pieces(count)
        if pieces is None or (count and last - first + 1 != count):
            return False
        for low, high, shift in pieces:
            self.con.execute(
                f"update {self.name} set _row = rowid - {first} + {shift} "
                f"where rowid >= {first + low} and rowid < {first + high}"
            )
        return True

    def _take_out(self, body_row: int) -> None:
        """Rows that are not plain become the relation of the grid; those above the body go."""
        cells = ", ".join(f"json_extract_string(_cells, '$[{i}]') as {cell}" for i, cell in enumerate(self.cells))
        others = f"{self._own()} and _cells is not null"
        self.grid.hold(
            f"select _row as row_number, {cells} from {self.name} {others} and _row >= {body_row} order by _row",
            body_row,
            self.width,
        )
        self.con.execute(f"delete from {self.name} {self._own()} and (_cells is not null or _row < {body_row})")
