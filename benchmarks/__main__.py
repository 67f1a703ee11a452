"""All benchmarks of the issue, printed as one Markdown table: subject, floor, ratio, limit, peak memory.

Does not belong here: single benchmarks.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from benchmarks import floor, matching, months, press, xlsx_intake
from benchmarks.csv_intake import make as make_csv
from benchmarks.pairs import Pair, machine, measure
from ehpilot.kernels import dispersion
from ehpilot.register import Register

HEAD = "| what | ours s | floor s | ratio | limit | ours MB |\n|---|---|---|---|---|---|"


def demo_pair(folder: Path, rounds: int) -> Pair:
    """``ehpilot build`` of the demo at scale 1 without documents against the empty project."""
    from ehpilot.demo import generate

    landing = folder / "landing"
    generate(landing, folder / "truth")
    nodes = Register.load().manifest["nodes"].values()
    models = sum(1 for node in nodes if node["resource_type"] == "model")
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


def graph_pair(folder: Path, rounds: int) -> Pair:
    """The empty project as a Dagster graph against the bare one: what of the demo's ratio is the stack's own."""
    nodes = Register.load().manifest["nodes"].values()
    floor.write_project(folder / "floor", sum(1 for node in nodes if node["resource_type"] == "model"))
    graph = [sys.executable, "-m", "benchmarks.floor_graph", str(folder / "floor")]
    bare = [sys.executable, "-m", "benchmarks.floor", str(folder / "floor")]
    return measure("the empty project as a Dagster graph", graph, bare, 0, rounds)


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


def dispersion_pair(rounds: int) -> Pair:
    """χ/Q of 1,000 sources at 20,000 places against exp() of as many terms: at least 0.3 of its throughput."""
    module = [sys.executable, "-m", "benchmarks.dispersion"]
    name = "χ/Q, 1,000 sources × 20,000 places × 36 classes of weather"
    return measure(name, [*module, "factors"], [*module, "exp"], 1 / 0.3, rounds)


def loop_pair(rounds: int) -> Pair:
    """The same χ/Q against a compiled loop on one core: at least 0.9 of its throughput times the cores."""
    module = [sys.executable, "-m", "benchmarks.dispersion"]
    name = "the same against one compiled loop"
    return measure(name, [*module, "factors"], [*module, "loop"], 1 / (0.9 * dispersion.workers()), rounds)


def hourly_pair(rounds: int) -> Pair:
    """Largest hours of 1,000 sources at 114 places over a year, a thousand million terms, against exp() of as many."""
    module = [sys.executable, "-m", "benchmarks.hourly_plume"]
    name = "hourly peaks, 1,000 sources × 114 places × 8,760 hours"
    return measure(name, [*module, "peaks"], [*module, "exp"], 1 / 0.3, rounds)


def risk_pair(folder: Path, rounds: int) -> Pair:
    """Risks drawn 10,000 times against as many normals of NumPy's generator: at least half of its throughput."""
    module = [sys.executable, "-m", "benchmarks.risk_draws"]
    subprocess.run([*module, "make", str(folder)], check=True)
    name = "Monte Carlo, 90,000 risks × 10,000 draws"
    return measure(name, [*module, "draw", str(folder)], [*module, "normals", str(folder)], 2.0, rounds)


def _tell(text: str, figures: TextIO) -> None:
    """Print and write at once, so that what is measured stays if a later pair fails."""
    print(text, flush=True)
    figures.write(text + "\n")
    figures.flush()


def main() -> None:
    """Run and print; the figures also go to ``build/bench/figures.md``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--rows", type=int, default=120_000)
    parser.add_argument("--rounds", type=int, default=3)
    subjects = [
        "demo",
        "csv",
        "months",
        "xlsx",
        "surroundings",
        "dispersion",
        "loop",
        "hourly",
        "risk",
        "matching",
        "press",
        "graph",
    ]
    parser.add_argument("--only", choices=subjects)
    parser.add_argument("--demo-rounds", type=int, default=2, help="a round of the demo takes minutes")
    arguments = parser.parse_args()
    folder: Path = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    lines: dict[str, Callable[[Path], str]] = {
        "csv": lambda place: csv_pair(place, arguments.megabytes, arguments.rounds).line(),
        "months": lambda place: months.lines(place),
        "xlsx": lambda place: xlsx_pair(place, arguments.rows, arguments.rounds).line(),
        "surroundings": lambda place: surroundings_pair(place, arguments.rounds).line(),
        "dispersion": lambda _place: dispersion_pair(arguments.rounds).line(),
        "loop": lambda _place: loop_pair(arguments.rounds).line(),
        "hourly": lambda _place: hourly_pair(arguments.rounds).line(),
        "risk": lambda place: risk_pair(place, arguments.rounds).line(),
        "matching": lambda place: matching.line(100_000),
        "press": lambda place: press.lines(press.make_edition(place), place),
        "demo": lambda place: demo_pair(place, arguments.demo_rounds).line(),
        "graph": lambda place: graph_pair(place, arguments.demo_rounds).line(),
    }
    with (folder / "figures.md").open("w", encoding="utf-8") as figures:
        _tell(f"Machine: {machine()}\n\n{HEAD}", figures)
        for name, line in lines.items():
            if arguments.only in (None, name):
                shutil.rmtree(folder / name, ignore_errors=True)
                _tell(line(folder / name), figures)
                shutil.rmtree(folder / name, ignore_errors=True)


if __name__ == "__main__":
    main()
