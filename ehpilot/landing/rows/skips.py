"""Rows that hold no record, of all stages of a source, into ``intake.skipped``.

Belongs here: which blank rows count, the one insert. Does not belong here: what makes a row a note, a total or a
repeated header (:mod:`ehpilot.landing.rows.records`), second copies of records
(:mod:`ehpilot.landing.books.duplicates`).
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ehpilot.landing.books.accounting import short_id_sql
from ehpilot.landing.rows.stage import Stage
from ehpilot.landing.sql import literal

BlankLines = tuple[int, str, NDArray[np.int64]]  # number of the file, sheet, row numbers


def write_skips(
    con: duckdb.DuckDBPyConnection,
    stages: Sequence[Stage],
    blank_lines: Sequence[BlankLines],
    last_rows: dict[tuple[int, str], int],
) -> None:
    """Book the skipped rows of all stages; a blank row counts only above the last row of its sheet that has content.

    Args:
        blank_lines: blank csv lines, which no stage holds.
        last_rows: by file number and sheet the last row with content that no stage holds.
    """
    selects = [
        f"select {literal(stage.table.name)} as raw_table, _file_no, _sheet, _row, _field, _id_field, _class "
        f"from {stage.name}"
        for stage in stages
    ]
    if blank_lines:
        con.register("landing_blank_lines", _blank_rows(blank_lines))
        place = "'' as raw_table, _file_no, _sheet, _row, '' as _field, '' as _id_field"
        selects.append(f"select {place}, 'SKIP-BLANK' as _class from landing_blank_lines")
    if not selects:
        return
    everything = " union all ".join(selects)
    ends = [f"select _file_no, _sheet, _row from ({everything}) where _class is distinct from 'SKIP-BLANK'"]
    ends += [f"select {number}, {literal(sheet)}, {row}" for (number, sheet), row in last_rows.items()]
    record = short_id_sql("f.id_hash", "s._sheet", "s._row::varchar", "s._id_field")
    con.execute(f"""
        insert into intake.skipped by name
        select {record} as record_id, s._file_no as file_no, s._sheet as sheet, s._row as row_number,
            s._field as field, s._class as reason_code, s.raw_table as raw_table
        from ({everything}) as s
        join landing_files as f on f.file_no = s._file_no
        left join (
            select _file_no, _sheet, max(_row) as last_row from ({" union all ".join(ends)}) group by all
        ) as e on e._file_no = s._file_no and e._sheet = s._sheet
        where starts_with(s._class, 'SKIP-') and (s._class <> 'SKIP-BLANK' or s._row < e.last_row)
        order by s._file_no, s._sheet, s._row, s._field, s.raw_table""")
    if blank_lines:
        con.unregister("landing_blank_lines")


def _blank_rows(lines: Sequence[BlankLines]) -> pa.Table:
    return pa.table({
        "_file_no": pa.array(np.concatenate([np.full(len(rows), n, dtype=np.int32) for n, _, rows in lines])),
        "_sheet": pa.array([sheet for _, sheet, rows in lines for _ in range(len(rows))], pa.string()),
        "_row": pa.array(np.concatenate([rows for _, _, rows in lines]), pa.int64()),
    })  # fmt: skip
