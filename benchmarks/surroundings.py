"""People within rings of many sites: the kernel against a bare count of the same pairs by scipy's k-d tree.

Run as ``python -m benchmarks.surroundings make|rings|count FOLDER``. The points are drawn over one degree square
(97 × 111 km), with as many populated places a square kilometre as a 100 m grid has. Limit of the issue: 10,000 sites ×
1,000,000 places under 20 s. Does not belong here: correctness (tests/kernels/test_surroundings.py).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from ehpilot.kernels.surroundings import geocentric_m, surroundings

RINGS_M = (1000.0, 3000.0, 5000.0)


def make(folder: Path, sites: int = 10_000, places: int = 1_000_000) -> None:
    """Sites and populated places in degrees, as ``.npy`` files."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng(20260301)
    for name, count in (("sites", sites), ("places", places)):
        np.save(folder / f"{name}.npy", np.array([121.0, 29.0]) + draw.random((count, 2)))


def rings(folder: Path) -> None:
    """The kernel: nearest of 1,000 receptors and three rings."""
    sites, places = np.load(folder / "sites.npy"), np.load(folder / "places.npy")
    surroundings(sites, places[:1000], places, np.ones(len(places)), RINGS_M, 10_000.0)


def count(folder: Path) -> None:
    """The floor: how many places lie within the widest ring, by scipy alone."""
    sites, places = (geocentric_m(*np.load(folder / f"{name}.npy").T) for name in ("sites", "places"))
    cKDTree(places).query_ball_point(sites, RINGS_M[-1], return_length=True)


if __name__ == "__main__":
    {"make": make, "rings": rings, "count": count}[sys.argv[1]](Path(sys.argv[2]))
