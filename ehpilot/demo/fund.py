"""The fund's year in the demo: who applies, how good each is, whom the fund shows, pays and asks back.

Belongs here: the truth about applications, which three files tell (奖补申报, 评分事实, 奖补流转), and what the
fictional fund decides by its own rules: a first share after the notice, the rest after the recheck half a year later.
Does not belong here: those files (oversight.py, scoring_facts.py, pilot_work.py), points and awards of every
application (the warehouse computes them)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ehpilot.demo.world import Site, World

TRACKS = ("项目", "企业", "研学基地", "团队")
BUDGET_YUAN = 2_000_000.0
APPLICANT_SHARE = 0.15  # of the budget, for one applicant
COST_SHARE = 0.5  # of the audited cost
FIRST_SHARE = 0.6  # of the award, after the notice
PENALISED, UNPROVEN, OBJECTED = 6, 7, 10  # a penalty within the year, truth of the file not shown, objection upheld
SHOWN = 4  # as many as the budget pays in full, whatever the others ask
TRACK_AWARDS = 2  # of a track, whose share of the budget is 40 %


@dataclass(frozen=True)
class Application:
    """One application: number from 1, the site that files it, track, merit between 0 and 1, yuan asked for and spent;
    ``points`` are what the applicant gives itself, which nobody reads."""

    number: int
    site: Site = field(compare=False)
    track: str
    merit: float
    asked_yuan: float
    cost_yuan: float
    points: tuple[float, ...]

    @property
    def name(self) -> str:
        """Number of the file."""
        return f"JB{self.number:03d}"

    @property
    def is_barred(self) -> bool:
        """Whether a rule stands against it from the start."""
        return self.number in (PENALISED, UNPROVEN, OBJECTED)

    @property
    def award_yuan(self) -> float:
        """What one of the best gets: the least of what it asks for, the applicant's share and the share of its cost."""
        return min(self.asked_yuan, APPLICANT_SHARE * BUDGET_YUAN, COST_SHARE * self.cost_yuan)


def applications(world: World) -> list[Application]:
    """Up to eighteen applications, by number."""
    rng = world.rng("fund")
    found = []
    for number, site in enumerate(world.active[:: max(1, len(world.active) // 18)][:18], 1):
        points = tuple(round(float(rng.uniform(0.4, 1)) * full, 1) for full in (40, 20, 15, 15, 10))
        merit = float(np.clip(rng.normal(0.75, 0.2), 0.05, 1.0))
        asked, cost = float(rng.integers(5, 60)) * 10000, float(rng.integers(20, 120)) * 10000
        found.append(Application(number, site, TRACKS[number % 4], merit, asked, cost, points))
    return found


def shown(world: World) -> list[Application]:
    """Whom the fund shows and pays, the best first: nothing bars them and their tracks' shares hold them all."""
    chosen: list[Application] = []
    for one in sorted(applications(world), key=lambda found: (-found.merit, found.number)):
        of_track = sum(other.track == one.track for other in chosen)
        if not one.is_barred and len(chosen) < SHOWN and of_track < TRACK_AWARDS:
            chosen.append(one)
    return chosen


def recalled(world: World) -> Application | None:
    """The last of the shown ones: an incident after the payment takes its award back."""
    chosen = shown(world)
    return chosen[-1] if len(chosen) == SHOWN else None


def candidates(world: World, sites: list[Site]) -> list[Site]:
    """The sites without those whose application says something against them; first those that do not apply at all, of
    which no other file says what their recognition asks."""
    gone = recalled(world)
    filed = applications(world)
    blamed = {one.site.number for one in filed if one.is_barred or one == gone}
    applying = {one.site.number for one in filed}
    return sorted((site for site in sites if site.number not in blamed), key=lambda site: site.number in applying)
