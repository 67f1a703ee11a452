"""Intake of a history of months of which one is new, against reading all of them: processor time and peak memory.

Run as ``python -m benchmarks.months FOLDER [MONTHS] [ROWS_OF_A_MONTH]``.
Does not belong here: the intake (``ehpilot.landing``), the rows' form (``csv_intake``).
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.csv_intake import HEADER, PERMIT

MONTHS, ROWS = 24, 500_000
HOURS = 672  # of the shortest month


def make(folder: Path, first: int, last: int, rows: int) -> None:
    """On-line files of the months numbered ``first`` to ``last`` (0 = January 2025), one value in ten thousand bad."""
    place = folder / "landing" / "monitoring"
    place.mkdir(parents=True, exist_ok=True)
    for number in range(first, last + 1):
        month = f"{2025 + number // 12}-{number % 12 + 1:02d}"
        with (place / f"在线监测_{month.replace('-', '')}.csv").open("w", encoding="utf-8") as handle:
            handle.write(HEADER)
            handle.writelines(_row(month, n) for n in range(rows))


def _row(month: str, n: int) -> str:
    outlet, hour = n // HOURS, n % HOURS
    value = "abc" if n % 10_000 == 9_999 else f"{n % 97}.{n % 10}"
    at = f"{month}-{hour // 24 + 1:02d} {hour % 24:02d}:00"
    return f"{PERMIT},DA{outlet:05d},{at},{n % 30_000}.5,二氧化硫,{value},{n % 151}.25,正常\n"


def intake(folder: Path, keeps: bool) -> None:
    """Load the folder into a fresh database; ``keeps``: with the files that earlier loads have read."""
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
    spill = {"memory_limit": "600MB", "temp_directory": str(work / "spill")}
    con = duckdb.connect(str(work / "work.duckdb"), config=spill)
    create_intake_tables(con, register)
    inventory = take_inventory(folder / "landing", profile, register, [])
    context = IntakeContext.create(profile, register, work, work / "read_files" if keeps else None)
    report = load_source(con, inventory, "monitoring", context)
    print(report.read, report.loaded, report.quarantined)
    con.close()


def _measured(folder: Path, way: str) -> tuple[float, float, str]:
    """Seconds of processor time of one load, peak megabytes, and what its books say."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "benchmarks.months", str(folder), way]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss / 1024, told


def lines(folder: Path, months: int = MONTHS, rows: int = ROWS) -> str:
    """Rows of the report: all months read and nothing kept, all read and kept, one new, none new."""
    shutil.rmtree(folder, ignore_errors=True)
    make(folder, 0, months - 2, rows)
    _, _, before = _measured(folder, "keeping")
    make(folder, months - 1, months - 1, rows)
    one = _measured(folder, "keeping")
    none = _measured(folder, "keeping")
    bare = _measured(folder, "bare")
    shutil.rmtree(folder / "work" / "read_files")
    whole = _measured(folder, "keeping")
    if not one[2] == none[2] == bare[2] == whole[2] != before:
        raise AssertionError(f"the books differ: {before}; {one[2]}; {none[2]}; {bare[2]}; {whole[2]}")
    names = (f"{months} months × {rows:,} values, all read", "the same, all read and kept", "one month new", "none new")
    found = zip(names, (bare, whole, one, none), strict=True)
    return "\n".join(
        f"| {name} | {seconds:.1f} | {bare[0]:.1f} | {seconds / bare[0]:.3f} | – | {mb:.0f} (so far) |"
        for name, (seconds, mb, _) in found
    )


if __name__ == "__main__":
    place = Path(sys.argv[1]).resolve()
    if sys.argv[2:] in (["keeping"], ["bare"]):
        intake(place, keeps=sys.argv[2] == "keeping")
    else:
        print(lines(place, *map(int, sys.argv[2:])))
