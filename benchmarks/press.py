"""The press: 20 documents in three formats, cold and unchanged, and a dossier in two, on one edition.

The documents that there are so far stand in for twenty, each rendered as often as it takes. Says also what bounds a
cold run. Does not belong here: the time of a build without documents (``__main__``).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from ehpilot.register import Register
from ehpilot.reporting.cache import RenderCache
from ehpilot.reporting.document_series import DocumentSeries, start_series
from ehpilot.reporting.pool import Order, PressPool, wait_for
from ehpilot.reporting.project import PROJECT, documents

DOCUMENTS = 20
FORMATS = ("html", "docx", "pdf")
SERIES = "DOSSIER"
SCALE = "0.12"


def make_edition(folder: Path) -> Path:
    """An edition of the demo at a small scale, without documents."""
    cli = [sys.executable, "-m", "ehpilot.cli"]
    landing = str(folder / "landing")
    subprocess.run([*cli, "demo", "--out", landing, "--truth", str(folder / "truth"), "--scale", SCALE], check=True)
    build = ["build", "--profile", "demo", "--landing", landing, "--out", str(folder / "out"), "--no-reports"]
    subprocess.run([*cli, *build], check=True)
    return (folder / "out" / "editions" / "latest").resolve()


def lines(edition: Path, folder: Path, project: Path = PROJECT) -> str:
    """Rows of the report: seconds against the limits of the issue (no floor), processor time of all processes."""
    names = [name for name in documents(project) if name != SERIES]
    wanted = [(n, names[n % len(names)]) for n in range(DOCUMENTS)]
    rows = []
    began, used = time.perf_counter(), _processor_s()
    with PressPool(project, folder / "pictures") as pool:
        for made in [pool.submit(Order(name, edition, folder / "cold" / str(n), FORMATS)) for n, name in wanted]:
            _all_made(wait_for(made))
    rows.append(_row(f"press, {DOCUMENTS} documents × {len(FORMATS)}, cold", began, used, "60 s"))
    cache = RenderCache(folder / "kept", edition, project)
    with PressPool(project, folder / "pictures") as pool:
        for name in names:
            place = cache.place(name, FORMATS)
            place.keep(wait_for(pool.submit(Order(name, edition, place.emptied(), FORMATS))), folder / "first")
    began, used = time.perf_counter(), _processor_s()
    for n, name in wanted:
        kept = cache.place(name, FORMATS).read(folder / "again" / str(n))
        assert kept is not None, name
    rows.append(_row(f"press, {DOCUMENTS} documents × {len(FORMATS)}, unchanged", began, used, "3 s"))
    began, used = time.perf_counter(), _processor_s()
    series = DocumentSeries.declared(SERIES, Register.load().documents[SERIES].meta)
    assert series is not None
    with PressPool(project, folder / "pictures") as pool:
        _all_made(start_series(pool, series, edition, folder / "dossiers", ("html", "docx")).results())
    count = len(list((folder / "dossiers").glob("*.docx")))
    rows.append(_row(f"press, {count} dossiers × 2, cold", began, used, "–"))
    return "\n".join(rows)


def _all_made(results: list) -> None:
    broken = [f"{result.document_id}: {result.reason}" for result in results if result.state == "failed"]
    if broken:
        raise RuntimeError("; ".join(broken))


def _processor_s() -> float:
    """Processor seconds of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _row(what: str, began: float, used: float, limit: str) -> str:
    cpu = _processor_s() - used
    return f"| {what} (processor {cpu:.1f} s) | {time.perf_counter() - began:.1f} | – | – | {limit} | – |"


def main() -> None:
    """Measure on an edition that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--project", type=Path, default=PROJECT)
    arguments = parser.parse_args()
    print(lines(arguments.edition.resolve(), arguments.folder, arguments.project))


if __name__ == "__main__":
    main()
