"""The same files give byte-equal tables with 1, 2 and 8 threads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.area import Area

CLOCK_TABLES = {"meta/run", "meta/check_result", "meta/source_file", "meta/edition", "risk_grade/risk_code_ledger"}


@pytest.mark.slow
def test_threads_do_not_change_a_byte(demo: Area, tmp_path: Path) -> None:
    sums = {}
    for threads in ("1", "8"):
        area = Area(demo.landing, demo.truth, tmp_path / threads)
        result = area.build(env={"EHPILOT_THREADS": threads})
        assert result.returncode == 0, result.stderr
        sums[threads] = _parquet_sums(area.latest)
    assert sums["1"] == sums["8"]
    assert sums["1"] == _parquet_sums(demo.latest)  # made with two


def _parquet_sums(edition: Path) -> dict[str, str]:
    lines = (edition / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    tables = {path: digest for digest, path in pairs if path.startswith("parquet/")}
    return {
        path: digest
        for path, digest in tables.items()
        if path.removeprefix("parquet/").removesuffix(".parquet") not in CLOCK_TABLES
    }
