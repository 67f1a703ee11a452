"""Real open data as landing folders: ``make real``.

Belongs here: copying the files that ``profiles/<p>/landing.yml`` names into a landing folder, and one build an edition.
Does not belong here: forms of these files (the profiles), figures about them (``tests/real``).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from ehpilot.errors import UsageError
from ehpilot.profile import PROFILES_DIR

REAL_PROFILES = ("gulf_coast", "illinois", "zhejiang_open")


def copy_files(entries: list[dict[str, str]], real: Path, landing: Path) -> int:
    """Copy ``[{from: glob under real, to: folder under landing}]``; returns files copied.

    Raises UsageError where a glob finds nothing.
    """
    copied = 0
    for entry in entries:
        found = sorted(real.glob(entry["from"]))
        if not found:
            raise UsageError(f"no file {entry['from']} under {real}; give the folder of the open data as REAL=dir")
        folder = landing / entry["to"]
        folder.mkdir(parents=True, exist_ok=True)
        for path in found:
            shutil.copyfile(path, folder / path.name)
            copied += 1
    return copied


def build_profile(name: str, real: Path, to: Path) -> None:
    """Landing folder and editions of one profile under ``to/<name>``; a failed build raises CalledProcessError."""
    plan: dict[str, Any] = yaml.safe_load((PROFILES_DIR / name / "landing.yml").read_text(encoding="utf-8"))
    landing, out = to / name / "landing", to / name / "out"
    shutil.rmtree(to / name, ignore_errors=True)
    copied = copy_files(plan.get("files", []), real, landing)
    for step in plan.get("editions") or [{}]:
        copied += copy_files(step.get("files", []), real, landing)
        command = [sys.executable, "-m", "ehpilot.cli", "build", "--profile", name]
        command += ["--landing", str(landing), "--out", str(out)]
        if step.get("as_of"):
            command += ["--as-of", str(step["as_of"])]
        print(f"· {name}: {copied} files, {step.get('as_of', 'as of the last content date')}", flush=True)
        subprocess.run(command, check=True)


def main() -> None:
    """Command line of ``make real``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--profile", action="append", choices=REAL_PROFILES)
    arguments = parser.parse_args()
    if not arguments.real.is_dir():
        sys.stderr.write(f"folder {arguments.real} does not exist; give the folder of the open data as REAL=dir\n")
        sys.exit(2)
    try:
        for name in arguments.profile or REAL_PROFILES:
            build_profile(name, arguments.real, arguments.to)
    except UsageError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
