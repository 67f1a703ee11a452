"""The interactive map with 5,000 sources and 50,000 cells, opened from disk: ``python -m benchmarks.offline_map``.

Limit of the issue: list and cells painted within 2 s, in headless chromium. Prints the milliseconds from the page's
start to its end as the page's own clock has them. Does not belong here: what the page shows (tests/publish).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from ehpilot.publish.offline_map import write_folder

SOURCES, CELLS_WIDE, CELLS_HIGH, CELL_M, ROUNDS = 5_000, 250, 200, 500.0, 3
CLOCK = (
    '<script>requestAnimationFrame(() => setTimeout(() => { document.title = "ms " + performance.now(); }));</script>'
)


def data(draw: np.random.Generator) -> dict[str, Any]:
    """Layers of a zone of 125 by 100 km, all fields filled."""
    wide, high = CELLS_WIDE * CELL_M, CELLS_HIGH * CELL_M
    sources = [
        [int(draw.uniform(0, wide)), int(draw.uniform(0, high)), f"E{n}", f"示例{n}号公司（虚构）", "材料", "甲园",
         int(draw.integers(1, 5)), [0.1, 0.2, 0.3, 0.4], ["危害负荷1级", "受体2级"], float(draw.lognormal(3, 2)), 1.0,
         float(draw.lognormal(8, 3)), ["苯", "环氧乙烷"]]
        for n in range(SOURCES)
    ]  # fmt: skip
    cells = [
        [
            (x + 0.5) * CELL_M,
            (y + 0.5) * CELL_M,
            f"C:{x}_{y}",
            int(draw.integers(1, 5)),
            "一般管控区",
            12.0,
            1e-6,
            0.1,
            [],
        ]
        for x in range(CELLS_WIDE)
        for y in range(CELLS_HIGH)
    ]
    empty = {"columns": [], "rows": []}
    about = {"title": "示例（虚构）", "issuing_unit": "", "as_of": "2026-10-31", "crs": "EPSG:4550", "edition": 1,
             "is_fictional": True, "is_public": False, "unplaced": 0, "dossiers": {}}  # fmt: skip
    return {
        "about": about, "outlines": [], "receptors": empty, "sites": empty, "cell_m": CELL_M,
        "sources": {"columns": ["x_m", "y_m", "id", "name", "industry", "park", "grade", "chances", "reasons", "air_kg",
                                "water_kg", "toxic_kg", "pollutants"], "rows": sources},
        "cells": {"columns": ["x_m", "y_m", "id", "grade", "zone", "people", "cancer_risk", "hazard_index", "reasons"],
                  "rows": cells},
        "moments": [{"edition": 1, "as_of": "2026-10-31", "sources": "".join(str(row[6]) for row in sources),
                     "cells": "".join(str(row[3]) for row in cells)}],
    }  # fmt: skip


def painted_ms(page: Path, profile: Path) -> float:
    """Milliseconds until the frame after list and cells were drawn."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("chromium is missing: `make system` installs it (root)")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
               "--dump-dom", "--disable-background-networking", "--timeout=20000", "--window-size=1400,900",
               f"--user-data-dir={profile}", page.as_uri()]  # fmt: skip
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    found = re.search(r"<title>ms ([\d.]+)</title>", dom)
    assert found, "the page did not come to its end"
    return float(found[1])


def main() -> None:
    """Make the page and open it ``ROUNDS`` times."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_folder(folder / "map", data(np.random.default_rng(1)))
        page = folder / "map" / "index.html"
        page.write_text(
            page.read_text(encoding="utf-8").replace("</body>", f"<script>{CLOCK}</script></body>"), encoding="utf-8"
        )
        times = [painted_ms(page, folder / f"profile{n}") for n in range(ROUNDS)]
        megabytes = (folder / "map" / "data.js").stat().st_size / 1e6
        seen = ", ".join(f"{time:.0f}" for time in times)
        print(f"{SOURCES} sources, {CELLS_WIDE * CELLS_HIGH} cells, {megabytes:.1f} MB: painted after {seen} ms")


if __name__ == "__main__":
    main()
