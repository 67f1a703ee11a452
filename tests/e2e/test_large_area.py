"""An area of ten times the plants: files are made in little memory, the build goes through, and the books agree.

Does not belong here: what the files hold (tests/demo), the books of the small area (tests/pipeline).
"""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from tests.area import ROOT, Area

SCALE = 10
MOST_GB = 0.5  # of the generator; true values and hourly files go to disk as they come

MAKE = """
import sys
from pathlib import Path
from ehpilot.demo import write_demo
write_demo(Path(sys.argv[1]), Path(sys.argv[2]), scale=float(sys.argv[3]))
# Not getrusage: its peak begins with that of the process this one was forked from.
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.slow
def test_ten_times_the_plants(tmp_path: Path, key_folder: Path) -> None:
    area = Area(tmp_path / "landing", tmp_path / "truth", tmp_path / "out")
    made = subprocess.run(
        [sys.executable, "-c", MAKE, str(area.landing), str(area.truth), str(SCALE)],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert int(made.stdout) / 1e6 < MOST_GB
    result = area.build("--no-reports")
    assert result.returncode == 0, result.stdout + result.stderr
    with (area.truth / "expected_counts.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["path"]: int(row["records_loaded"]) for row in csv.DictReader(file)}
    assert {row["path"]: row["records_loaded"] for row in area.sql("select * from meta.source_file")} == expected
