"""How a plant comes by the figure of its emission, in whose words, and how far the figure is from the truth.

Belongs here: the method of an outlet and pollutant, the words of each register for it, the error of a figure.
Does not belong here: the true emission (world.py), rows of a form (the source modules).

The error of a figure is as wide as the European guidebook says of figures of its method (EMEP/EEA 2019, part A,
chapter 5: A 10-30 %, B 20-60 %, C 50-200 %, D 100-300 %; the middle of each, as half width of the 95 % interval). So
the truth lies outside of such an interval in one case of twenty.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ehpilot.demo.world import Site, World

HALF_WIDTH = {"automatic": 0.2, "manual": 0.4, "balance": 1.25, "formula": 1.25, "factor": 2.0, "unstated": 2.0}
# what instruments on a stack follow; all else is sampled by hand
CONTINUOUS = ("NMHC", "NOX", "7446-09-5", "TSP")
PERMIT_WORDS = {
    "automatic": ("自动监测",), "manual": ("手工监测",), "balance": ("物料衡算", "物料衡算法"),
    "factor": ("产排污系数", "产污系数法", "排污系数"),
}  # fmt: skip
CENSUS_WORDS = {"automatic": "监测数据", "manual": "监测数据", "balance": "物料衡算", "factor": "产污系数法"}


def method_of(site: Site, outlet_no: str, code: str) -> str:
    """Method by which a site computes a pollutant of an outlet.

    Instruments stand on stacks only, and follow few pollutants; what leaves elsewhere is computed.
    """
    if outlet_no == "MF001":
        return "balance" if site.number % 3 == 0 else "factor"
    if site.method == "automatic" and (outlet_no == "DW001" or code not in CONTINUOUS):
        return "manual"
    return site.method


def permit_word(site: Site, method: str) -> str:
    """The method as the site writes it into its execution report."""
    words = PERMIT_WORDS[method]
    return words[site.number % len(words)]


def log_spread(method: str) -> float:
    """Standard deviation of the logarithm of claimed over true, from the half width of the 95 % interval."""
    return float(np.sqrt(np.log1p((HALF_WIDTH[method] / 1.96) ** 2)))


@dataclass
class Errors:
    """Errors of the figures of one register: part of each is shared, by a site or by all who take one factor.

    What is measured errs anew each year; what is computed errs alike in all years.
    """

    world: World
    register: str
    drawn: dict[str, float] = field(default_factory=dict)

    def ratio(self, rng: np.random.Generator, site: Site, key: tuple[str, str, str], method: str) -> float:
        """Claimed over true of a year's figure; ``rng`` draws what is of the year.

        ``key``: outlet number, medium, pollutant_id.
        """
        _, medium, code = key
        plant = f"{self.register} {method} {site.number}"
        shared = f"{self.register} {method} {site.kind.kind_id} {medium} {code}" if method == "factor" else plant
        own = float(rng.normal()) if method in ("automatic", "manual") else self._lasting(f"{plant} {key}")
        return float(np.exp(log_spread(method) * (self._lasting(shared) + own) / np.sqrt(2)))

    def _lasting(self, subject: str) -> float:
        if subject not in self.drawn:
            self.drawn[subject] = float(self.world.rng(f"error {subject}").normal())
        return self.drawn[subject]
