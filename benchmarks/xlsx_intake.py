"""Reading a large workbook into grids, and calamine's bare read of it.

Run as ``python -m benchmarks.xlsx_intake make|intake|calamine FOLDER [ROWS]``. Does not belong here: the reader.
"""

from __future__ import annotations

import sys
from pathlib import Path

COLUMNS = 20


def make(folder: Path, rows: int) -> Path:
    """A workbook of ``rows`` × 20 cells of numbers and words."""
    import xlsxwriter

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "large.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("数据")
    sheet.write_row(0, 0, [f"列{c}" for c in range(COLUMNS)])
    for row in range(1, rows + 1):
        sheet.write_row(row, 0, [row * 0.5 + c if c % 2 else f"词{(row + c) % 500}" for c in range(COLUMNS)])
    book.close()
    return path


def intake(folder: Path) -> None:
    """Our way: sniff, cells as text, hidden rows and formulas without value, into DuckDB."""
    import duckdb

    from ehpilot.landing.folder.sniff import sniff
    from ehpilot.landing.readers.choose import open_grids

    path = folder / "large.xlsx"
    con = duckdb.connect()
    for grid in open_grids(con, path, sniff(path)):
        relation = grid.load()
        con.execute(f"create table t as select * from {relation}")


def bare(folder: Path) -> None:
    """calamine alone."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(folder / "large.xlsx"))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


if __name__ == "__main__":
    place = Path(sys.argv[2])
    if sys.argv[1] == "make":
        make(place, int(sys.argv[3]))
    elif sys.argv[1] == "intake":
        intake(place)
    else:
        bare(place)
