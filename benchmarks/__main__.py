"""All benchmarks of the issue, printed as one Markdown table: subject, floor, ratio, limit, peak memory.

Does not belong here: single benchmarks.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks import floor, matching, xlsx_intake
from benchmarks.csv_intake import make as make_csv
from benchmarks.pairs import Pair, machine, measure

HEAD = "| what | ours s | floor s | ratio | limit | ours MB |\n|---|---|---|---|---|---|"


def demo_pair(folder: Path, rounds: int) -> Pair:
    """``ehpilot build`` of the demo at scale 1 without documents against the empty project."""
    from ehpilot.register import Register

    landing = folder / "landing"
    if not landing.is_dir():
        from ehpilot.demo import generate

        generate(landing, folder / "truth")
    models = sum(1 for table in Register.load().tables.values() if table.kind == "model")
    floor.write_project(folder / "floor", models)
    cli = [sys.executable, "-m", "ehpilot.cli"]
    subject = [
        *cli,
        "build",
        "--profile",
        "demo",
        "--landing",
        str(landing),
        "--out",
        str(folder / "out"),
        "--no-reports",
    ]
    bare = [sys.executable, "-m", "benchmarks.floor", str(folder / "floor")]
    name = f"demo build, {models} models"
    return measure(name, subject, bare, 2.0, rounds, lambda: shutil.rmtree(folder / "out", ignore_errors=True))


def csv_pair(folder: Path, megabytes: int, rounds: int) -> Pair:
    """csv intake against DuckDB's scan-and-write."""
    make_csv(folder, megabytes)
    module = [sys.executable, "-m", "benchmarks.csv_intake"]
    return measure(
        f"csv intake, {megabytes} MB", [*module, "intake", str(folder)], [*module, "duckdb", str(folder)], 2.0, rounds
    )


def xlsx_pair(folder: Path, rows: int, rounds: int) -> Pair:
    """xlsx read against calamine's bare read."""
    xlsx_intake.make(folder, rows)
    module = [sys.executable, "-m", "benchmarks.xlsx_intake"]
    name = f"xlsx read, {rows * xlsx_intake.COLUMNS / 1e6:.1f} M cells"
    return measure(name, [*module, "intake", str(folder)], [*module, "calamine", str(folder)], 3.0, rounds)


def surroundings_pair(folder: Path, rounds: int) -> Pair:
    """People within rings of 10,000 sites against scipy's bare count of the same pairs."""
    module = [sys.executable, "-m", "benchmarks.surroundings"]
    subprocess.run([*module, "make", str(folder)], check=True)
    name = "ring populations, 10,000 sites × 1 M places"
    return measure(name, [*module, "rings", str(folder)], [*module, "count", str(folder)], 4.0, rounds)


def main() -> None:
    """Run and print; the figures also go to ``build/bench/figures.md``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--rows", type=int, default=240_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["demo", "csv", "xlsx", "surroundings", "matching"])
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"Machine: {machine()}", "", HEAD]
    if arguments.only in (None, "csv"):
        lines.append(csv_pair(folder / "csv", arguments.megabytes, arguments.rounds).line())
        shutil.rmtree(folder / "csv")
    if arguments.only in (None, "xlsx"):
        lines.append(xlsx_pair(folder / "xlsx", arguments.rows, arguments.rounds).line())
    if arguments.only in (None, "surroundings"):
        lines.append(surroundings_pair(folder / "surroundings", arguments.rounds).line())
    if arguments.only in (None, "matching"):
        lines.append(matching.line(100_000))
    if arguments.only in (None, "demo"):
        lines.append(demo_pair(folder / "demo", arguments.rounds).line())
    text = "\n".join(lines) + "\n"
    (folder / "figures.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
