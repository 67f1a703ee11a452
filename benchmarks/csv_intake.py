"""Intake of one large csv with provenance and quarantine, and DuckDB's own scan-and-write of the same bytes.

Run as ``python -m benchmarks.csv_intake make|intake|duckdb FOLDER [MEGABYTES]``.
Does not belong here: the reader (``ehpilot.landing``).
"""

from __future__ import annotations

import sys
from pathlib import Path

from ehpilot.kernels.identity import credit_code_check_character

HEADER = "许可证编号,排放口编号,时间,烟气流量(m3/h),污染物,实测浓度(mg/m3),折算浓度(mg/m3),标记\n"

_CODE = "99123456789012345"
PERMIT = f"{_CODE}{credit_code_check_character(_CODE)}001V"  # a right check digit: the rows are to be loaded


def make(folder: Path, megabytes: int) -> Path:
    """An on-line file (one row = one record) of about ``megabytes``, with a bad value in every ten-thousandth row."""
    path = folder / "landing" / "monitoring" / "在线监测_202501.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    target, number = megabytes * 2**20, 0
    with path.open("w", encoding="utf-8") as handle:
        handle.write(HEADER)
        while handle.tell() < target:
            handle.write("".join(_rows(number, 20_000)))
            number += 20_000
    return path


def _rows(first: int, count: int) -> list[str]:
    rows = []
    for n in range(first, first + count):
        outlet, hour = n // 8064, n % 8064
        day, month = hour // 24 % 28 + 1, hour // 24 // 28 + 1
        value = "abc" if n % 10_000 == 9_999 else f"{n % 97}.{n % 10}"
        rows.append(
            f"{PERMIT},DA{outlet:05d},2025-{month:02d}-{day:02d} {hour % 24:02d}:00,{n % 30_000}.5,"
            f"二氧化硫,{value},{n % 151}.25,正常\n"
        )
    return rows


def intake(folder: Path) -> None:
    """The project's own way: inventory, forms, provenance, quarantine."""
    import duckdb

    from ehpilot.landing.folder.inventory import take_inventory
    from ehpilot.landing.intake import IntakeContext, create_intake_tables, load_source
    from ehpilot.profile import load_profile
    from ehpilot.register import Register

    work = folder / "work"
    work.mkdir(exist_ok=True)
    for old in work.glob("*.duckdb*"):
        old.unlink()
    register, profile = Register.load(), load_profile("beilun")
    con = duckdb.connect(
        str(work / "work.duckdb"), config={"memory_limit": "600MB", "temp_directory": str(work / "spill")}
    )
    con.execute("create schema raw")
    create_intake_tables(con, register)
    inventory = take_inventory(folder / "landing", profile, register, [])
    load_source(con, inventory, "monitoring", IntakeContext.create(profile, register, work))
    con.close()


def scan_and_write(folder: Path) -> None:
    """DuckDB alone, as it comes: delimiter and types sniffed from a sample, the typed table written. (With every column
    as text it is slower.)
    """
    import duckdb

    target = folder / "floor.duckdb"
    target.unlink(missing_ok=True)
    con = duckdb.connect(str(target), config={"memory_limit": "600MB"})
    source = next((folder / "landing" / "monitoring").glob("*.csv"))
    con.execute("create table t as select * from read_csv(?)", [str(source)])
    con.close()


if __name__ == "__main__":
    place = Path(sys.argv[2])
    if sys.argv[1] == "make":
        make(place, int(sys.argv[3]))
    elif sys.argv[1] == "intake":
        intake(place)
    else:
        scan_and_write(place)
