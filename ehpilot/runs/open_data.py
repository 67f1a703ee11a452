"""Real open data as landing folders and editions: ``make real``.

Belongs here: copying the files that ``profiles/<p>/landing.yml`` names into a landing folder, one build an edition, the
change list between an edition and the one before.
Does not belong here: forms of these files (the profiles), figures about them (``tests/real``).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from ehpilot.errors import BuildError, UsageError
from ehpilot.profile import PROFILES_DIR
from ehpilot.project import read_yaml

REAL_PROFILES = ("gulf_coast", "illinois", "minnesota", "zhejiang_open")


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
    """Landing folder, editions and change lists of one profile under ``to/<name>``, made anew.

    A step of the plan with ``documents: false`` leaves the documents of its edition out (stated as gaps there).

    Raises BuildError for a failed build, whose own messages stand on stderr.
    """
    plan: dict[str, Any] = read_yaml((PROFILES_DIR / name / "landing.yml").read_text(encoding="utf-8"))
    landing, out = to / name / "landing", to / name / "out"
    shutil.rmtree(to / name, ignore_errors=True)
    copied = copy_files(plan.get("files", []), real, landing)
    for number, step in enumerate(plan.get("editions") or [{}], start=1):
        copied += copy_files(step.get("files", []), real, landing)
        arguments = ["build", "--profile", name, "--landing", str(landing), "--out", str(out)]
        if step.get("as_of"):
            arguments += ["--as-of", str(step["as_of"])]
        if not step.get("documents", True):
            arguments.append("--no-reports")
        print(f"· {name}: {copied} files, as of {step.get('as_of', 'the date of the profile')}", flush=True)
        started = time.monotonic()
        if _ehpilot(arguments) != 0:
            raise BuildError(f"{name}: edition {number} was not built; the messages above say why")
        print(f"· {name}: edition {number} in {time.monotonic() - started:.0f} s", flush=True)
        if number > 1:
            write_changes(out, number - 1, number, to / name)


def write_changes(out: Path, old: int, new: int, to: Path) -> Path:
    """``ehpilot diff`` of two editions as ``to/changes_0001_0002.json``; returns the file."""
    path = to / f"changes_{old:04d}_{new:04d}.json"
    with path.open("w", encoding="utf-8") as file:
        if _ehpilot(["diff", str(old), str(new), "--out", str(out), "--format", "json"], file) != 0:
            raise BuildError(f"editions {old} and {new} of {out} could not be compared")
    print(f"· changes from edition {old} to {new}: {path}", flush=True)
    return path


def _ehpilot(arguments: list[str], output: Any = None) -> int:
    """Exit code of an ``ehpilot`` command, run as a user runs it."""
    return subprocess.run([sys.executable, "-m", "ehpilot.cli", *arguments], stdout=output, check=False).returncode


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
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
