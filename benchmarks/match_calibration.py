"""Threshold → precision and recall of the matching, over the demo's true sites with every code blanked and with noise.

Each register writes each of its sites once (``ehpilot demo`` says which register knows which site) in its own way:
another legal form, two signs swapped, one dropped, the former name, city before the name, address left out or without
house number, place left out, moved about or wrong by kilometres. Shares of this noise are ``Noise``, own assumptions.

Belongs here: the noise, pairs of entries against the truth, the curve of docs/inventory.md. Does not belong here: hard
cases one by one (tests/kernels), speed (``benchmarks.matching``).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.matching import match_weights, name_words
from ehpilot.demo import world
from ehpilot.kernels.matching import Entities, Scored, score_pairs
from ehpilot.kernels.resolution import QUEUE, Outcome, Thresholds, resolve

REGISTERS = ("permit", "census", "site_survey", "chemical_survey", "key_unit")  # in the order of their rank
WITHOUT_PLACE = ("chemical_survey",)
THRESHOLDS = (0.8, 0.85, 0.9, 0.95, 0.97, 0.99, 0.995)
METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True)
class Noise:
    """Share of a register's entries with each kind of noise, and how far places are off."""

    legal_form: float = 0.05
    swapped: float = 0.03
    dropped: float = 0.03
    city: float = 0.05
    no_address: float = 0.25
    no_house_number: float = 0.15
    no_place: float = 0.15
    jitter_m: float = 150.0  # standard deviation on each axis
    wrong_place: float = 0.02
    wrong_m: float = 4000.0


@dataclass(frozen=True)
class Point:
    """One threshold: automatic pairs said and right, true pairs found by themselves and with a clerk who decides
    rightly, rows of the clerk's queue and how many of them name the right site.
    """

    automatic: float
    said: int
    right: int
    with_clerk: int
    true: int
    queued: int
    queued_right: int

    @property
    def precision(self) -> float:
        """Share of the automatic pairs that are one site."""
        return self.right / max(self.said, 1)

    @property
    def recall(self) -> float:
        """Share of the true pairs that are automatic."""
        return self.right / max(self.true, 1)

    @property
    def recall_with_clerk(self) -> float:
        """Share of the true pairs that are automatic or come of the queue."""
        return self.with_clerk / max(self.true, 1)

    def line(self) -> str:
        """One row of the table in docs/inventory.md."""
        share = self.queued_right / max(self.queued, 1)
        return (
            f"| {self.automatic:g} | {self.said:,} | {self.precision:.4f} | {self.recall:.3f} | "
            f"{self.recall_with_clerk:.3f} | {self.queued:,} | {share:.2f} |"
        )


def noisy_name(name: str, noise: Noise, rng: np.random.Generator) -> str:
    """A name as a register may write it; at most one slip of writing, in the signs before the legal form."""
    stem, legal, rest = name.partition("有限公司")
    slip, place = rng.random(), int(rng.integers(0, max(len(stem) - 1, 1)))
    if slip < noise.swapped:
        stem = stem[:place] + stem[place : place + 2][::-1] + stem[place + 2 :]
    elif slip < noise.swapped + noise.dropped:
        stem = stem[:place] + stem[place + 1 :]
    if rng.random() < noise.legal_form:
        legal = str(rng.choice(["股份有限公司", "有限责任公司"]))
    return ("宁波" if rng.random() < noise.city else "") + stem + legal + rest


def entries(area: world.World, noise: Noise, seed: int) -> tuple[Entities, list[int], list[str]]:
    """Entries of all registers without any code, rank of each, and the id of its true site."""
    rng = np.random.default_rng(seed)
    rows = []
    for bit, register in enumerate(REGISTERS):
        for site in area.those(register):
            former = site.former_name if "renamed" in site.cases else ""
            is_old = bool(former) and register in ("census", "key_unit")
            name = noisy_name(former if is_old else site.name, noise, rng)
            address = f"虚构{site.park_id or '镇'}路{site.number + 1}号"
            address = "" if rng.random() < noise.no_address else address
            address = f"虚构{site.park_id or '镇'}路" if address and rng.random() < noise.no_house_number else address
            longitude, latitude = _place(site.degrees, noise, rng)
            if register in WITHOUT_PLACE:
                longitude, latitude, address = np.nan, np.nan, ""
            known = [former] if former and register == "site_survey" else []
            rows.append((site.enterprise_id, bit, name, known, address, longitude, latitude))
    ids, bits, names, formers, addresses, longitudes, latitudes = zip(*rows, strict=True)
    blank = [""] * len(rows)
    columns = Entities(
        [str(i) for i in range(len(rows))], [[name] for name in names], formers, addresses, blank,
        np.array(longitudes), np.array(latitudes), blank, blank, blank, 1 << np.array(bits, dtype=np.int64),
    )  # fmt: skip
    return columns, list(bits), list(ids)


def _place(degrees: tuple[float, float], noise: Noise, rng: np.random.Generator) -> tuple[float, float]:
    east, north = rng.normal(0.0, noise.jitter_m, 2)
    angle = rng.uniform(0, 2 * np.pi)
    if rng.random() < noise.wrong_place:
        east, north = east + noise.wrong_m * np.cos(angle), north + noise.wrong_m * np.sin(angle)
    if rng.random() < noise.no_place:
        return np.nan, np.nan
    longitude, latitude = degrees
    scale = METRES_PER_DEGREE * np.cos(np.radians(latitude))
    return longitude + east / scale, latitude + north / METRES_PER_DEGREE


def point(found: Sequence[Outcome], truth: Sequence[str], automatic: float) -> Point:
    """Pairs of entries that are one site by the outcomes, against the truth."""
    site = [outcome.site for outcome in found]
    queue = [(i, outcome.candidate) for i, outcome in enumerate(found) if outcome.status == QUEUE]
    right = [(i, j) for i, j in queue if truth[i] == truth[j]]
    return Point(
        automatic, said=_pairs(site), right=_pairs(list(zip(site, truth, strict=True))),
        with_clerk=_pairs(list(zip(_merged(site, right), truth, strict=True))), true=_pairs(truth),
        queued=len(queue), queued_right=len(right),
    )  # fmt: skip


def _merged(site: Sequence[int], pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Sites after the groups of each pair were made one."""
    group = list(site)
    for one, other in pairs:
        group = [group[one] if number == group[other] else number for number in group]
    return group


def _pairs(groups: Sequence[object]) -> int:
    """Pairs of entries within one group."""
    return sum(count * (count - 1) // 2 for count in Counter(groups).values())


def curve(scale: float, seed: int, noise: Noise, thresholds: Sequence[float] = THRESHOLDS) -> list[Point]:
    """One point a threshold, over the demo at ``scale`` (1 = about 265 sites)."""
    words, weights = name_words(), match_weights()
    limits = Thresholds(*(weights["threshold", name] for name in ("automatic", "queue", "margin")))
    columns, rank, truth = entries(world.build(seed, scale), noise, seed)
    scored: Scored = score_pairs(columns, words, weights)
    return [
        point(resolve(columns, rank, scored, replace(limits, automatic=threshold)), truth, threshold)
        for threshold in thresholds
    ]


def main() -> None:
    """Print the curve as the table of docs/inventory.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=20260301)
    arguments = parser.parse_args()
    print("| automatic from | automatic pairs | precision | recall | recall with the queue | queue | of it right |")
    print("|---|---|---|---|---|---|---|")
    for found in curve(arguments.scale, arguments.seed, Noise()):
        print(found.line())


if __name__ == "__main__":
    main()
