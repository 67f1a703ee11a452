"""Matching two registers of 100,000 rows each: blocking, scores, sites.

Belongs here: two fictional registers of a dense country (half of the second are entries of the first, spelt
otherwise) and the measurement. Limit of issue 4: 60 s, 2 GB on two cores. Does not belong here: whether matches are
right (tests/kernels).
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import time

import numpy as np

from benchmarks.pairs import own_peak_mb
from ehpilot.kernels.company_names import NameWords
from ehpilot.kernels.matching import Entities, score_pairs
from ehpilot.kernels.resolution import AUTOMATIC, Thresholds, resolve
from ehpilot.project import DBT_DIR

SIGNS = "示例甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土山川海天地日月星云"
TRADES = ("化工", "合成树脂", "印染", "电镀", "精细化工", "新材料", "石化", "制药", "涂料", "橡胶")


def registers(count: int, seed: int) -> Entities:
    """Both registers one after the other, ``count`` rows each."""
    rng = np.random.default_rng(seed)
    stems = ["".join(SIGNS[i] for i in row) for row in rng.integers(0, len(SIGNS), (count, 4))]
    trades = [TRADES[i] for i in rng.integers(0, len(TRADES), count)]
    streets = rng.integers(1, 3000, count)
    longitude, latitude = rng.uniform(118.0, 123.0, count), rng.uniform(27.0, 31.0, count)
    names = [[f"{stem}{trade}有限公司"] for stem, trade in zip(stems, trades, strict=True)]
    address = [f"虚构{street}路{street % 97}号" for street in streets]
    is_same = rng.random(count) < 0.5
    other_names = []
    for same, stem, trade in zip(is_same, stems, trades, strict=True):
        kept = stem if same else "".join(SIGNS[i] for i in rng.integers(0, len(SIGNS), 4))
        other_names.append([f"{kept}{trade}{'有限公司' if rng.random() < 0.7 else '股份有限公司'}"])
    shift = np.where(is_same, 0.001, 1.0) * rng.uniform(-1, 1, count)
    return Entities(
        entity_id=[str(i) for i in range(2 * count)],
        names=names + other_names,
        former_names=[[]] * (2 * count),
        address=address + [text if same else "" for text, same in zip(address, is_same, strict=True)],
        postal_code=[""] * (2 * count),
        longitude=np.concatenate([longitude, longitude + shift]),
        latitude=np.concatenate([latitude, latitude + shift]),
        park=[""] * (2 * count),
        credit_code=[""] * (2 * count),
        permit_no=[""] * (2 * count),
        sources=np.repeat(np.array([1, 2]), count),
    )


def name_words() -> NameWords:
    """Words of names, from their seed."""
    return NameWords.from_rows([(row["kind"], row["word"], row["usual"]) for row in _seed_rows("matching/name_word")])


def match_weights() -> dict[tuple[str, str], float]:
    """Weights and limits by kind of evidence and level, from the parameters ``match.<feature>.<level>``."""
    ids = {row["parameter_id"]: row["value"] for row in _seed_rows("methods/parameter")}
    parts = {tuple(key.split(".")): float(value) for key, value in ids.items() if key.startswith("match.")}
    return {(feature, " ".join(level)): value for (_, feature, *level), value in parts.items()}


def _seed_rows(name: str) -> list[dict[str, str]]:
    with (DBT_DIR / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def line(rows: int) -> str:
    """One row of the report: seconds against the limit of 60 s (no floor), peak memory of a process of its own."""
    module = [sys.executable, "-m", "benchmarks.matching", "--rows", str(rows)]
    figures = json.loads(subprocess.run(module, check=True, capture_output=True, text=True).stdout)
    return f"| matching {figures['rows']} rows | {figures['seconds']} | – | – | 60 s | {figures['peak_mb']} |"


def main() -> None:
    """Match and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    words, weights = name_words(), match_weights()
    thresholds = Thresholds(*(weights["threshold", name] for name in ("automatic", "queue", "margin")))
    entities = registers(arguments.rows, arguments.seed)
    began = time.perf_counter()
    scored = score_pairs(entities, words, weights)
    outcomes = resolve(entities, np.repeat([0, 1], arguments.rows).tolist(), scored, thresholds)
    figures = {
        "rows": f"{arguments.rows} x {arguments.rows}",
        "seconds": round(time.perf_counter() - began, 1),
        "peak_mb": round(own_peak_mb()),
        "pairs": len(scored.one),
        "automatic": sum(outcome.status == AUTOMATIC for outcome in outcomes),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
