"""``make demo``: three monthly editions, documents of the last alone, and what stands is not made again.

The commands are those of the Makefile; a script in place of ``ehpilot`` notes what it was asked for. Does not belong
here: what the editions hold (``tests/pipeline``).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.area import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make")
BUILT = re.compile(r"^build .*--as-of (\S+)(?: (--no-reports))?$")


def make_demo(folder: Path) -> list[tuple[str, str]]:
    """Run ``make demo`` with an ``ehpilot`` that only notes its arguments; days and options of its builds."""
    noted = folder / "noted"
    noted.write_text("")
    for name in ("ehpilot", "python"):
        script = folder / name
        script.write_text(f'#!/bin/sh\n[ "$(basename $0)" = ehpilot ] && echo "$@" >> {noted}\nexit 0\n')
        script.chmod(0o755)
    (folder / ".ready").touch()
    variables = [f"BIN={folder}", f"VENV={folder}", f"DEMO={folder / 'demo'}"]
    subprocess.run(["make", "-C", str(ROOT), "demo", *variables], check=True, capture_output=True, text=True)
    lines = noted.read_text().splitlines()
    assert [line.split()[0] for line in lines[::2]] == ["demo"] * (len(lines) // 2), "files of the day come first"
    found = [BUILT.match(line.strip()) for line in lines[1::2]]
    return [(match[1], match[2] or "") for match in found if match]


def test_three_months_are_built_and_documents_made_of_the_last(tmp_path: Path) -> None:
    assert make_demo(tmp_path) == [("2026-08-31", "--no-reports"), ("2026-09-30", "--no-reports"), ("2026-10-31", "")]


def test_months_that_stand_are_not_built_again_but_the_last_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "demo/out/editions/0001").mkdir(parents=True)
    assert make_demo(tmp_path) == [("2026-09-30", "--no-reports"), ("2026-10-31", "")]
    for number in ("0002", "0003"):
        (tmp_path / "demo/out/editions" / number).mkdir()
    assert make_demo(tmp_path) == [("2026-10-31", "")]
