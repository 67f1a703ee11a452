"""A build killed with SIGKILL blocks nothing: the lock is free, doctor clears its run, the next build publishes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.area import ROOT, Area


@pytest.mark.slow
def test_next_build_after_a_kill(demo: Area, tmp_path: Path) -> None:
    area = Area(demo.landing, demo.truth, tmp_path / "out")
    command = [sys.executable, "-m", "ehpilot.cli", "build", "--profile", "demo"]
    command += ["--landing", str(area.landing), "--out", str(area.out)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    deadline = time.monotonic() + 300
    for line in process.stderr or ():
        if "gate_raw" in line or time.monotonic() > deadline:
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()

    facts = json.loads(area.run("doctor", "--format", "json").stdout)
    assert any(row["what"] == "dagster run" and "cancelled" in row["detail"] for row in facts)
    result = area.build("--no-reports")
    assert result.returncode == 0, result.stderr
    assert area.latest.name == "0001"
