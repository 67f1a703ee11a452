"""supervision/: what clerks do, from September 2026 on, about problems that rules find by the end of August.

Belongs here: the course of some of them by their ids (a result above the limit of a permit, a year's release near or
above the permitted amount, a fault that a fact states), and the appeals against some, which name their problem.
Does not belong here: problems of supervision itself (oversight.py); the rules.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from ehpilot.demo import names, pilot_work
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import Site, World

SEEN_FROM, SEEN_TO = date(2026, 8, 1), date(2026, 8, 31)  # results that the edition of the end of August goes by
APPEAL = ["编号", "企业", "问题编号", "理由", "受理日期", "决定", "决定日期"]
APPEALED_ON, DECIDED_ON = date(2026, 9, 3), date(2026, 9, 11)
# Days of September: in time, late, stuck, and after an appeal that is turned down.
IN_TIME = {"派发": 1, "签收": 2, "整改": 4, "提交": 9, "复核": 11, "销号": 14}
LATE = {"派发": 1, "签收": 3, "整改": 8, "提交": 21, "复核": 25, "销号": 28}
STUCK = {"派发": 1, "签收": 4, "整改": 10}
APPEALED = {"派发": 1, "整改": 14, "提交": 22, "复核": 25, "销号": 29}
AFTER_EXCEEDANCE = (IN_TIME, LATE, STUCK, APPEALED)
AFTER_RELEASE = (IN_TIME, LATE, IN_TIME, STUCK, LATE)
NEAR, ABOVE = (0.92, 0.98), 1.02  # of a permitted amount: shares that rounding cannot move over the lines of the rules


@dataclass(frozen=True)
class Course:
    """What is done about one problem of a rule: steps and the day of each, in order."""

    problem_id: str
    site: Site
    steps: list[tuple[str, date]]
    is_appealed: bool = False

    def unit(self, step: str) -> str:
        """Who takes a step: the enterprise its own, the authority the others."""
        return self.site.name if step in ("签收", "整改", "提交") else names.ISSUING_UNIT


def problem_id(rule_id: str, enterprise_id: str, subject: str) -> str:
    """Id of a rule's problem, as the warehouse makes it of rule, site and object: parts joined by ``|``, within a part
    written with a backslash before it (macro ``row_key``)."""
    key = "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in (rule_id, enterprise_id, subject))
    return "PR-" + hashlib.sha256(key.encode()).hexdigest()[:16]


def courses(world: World, ledger: Ledger) -> list[Course]:
    """The courses of all that clerks take up: every exceedance of August, what the facts of the year state, and
    releases near or above what is permitted."""
    sites = {site.enterprise_id: site for site in world.active}
    over = {
        (one.rule_id, one.enterprise_id, one.point_id)
        for one in ledger.over_limit
        if SEEN_FROM <= one.sampled_on <= SEEN_TO and one.enterprise_id in sites
    }
    found = []
    for number, (rule_id, enterprise_id, point_id) in enumerate(sorted(over)):
        days = AFTER_EXCEEDANCE[number % len(AFTER_EXCEEDANCE)]
        found.append(_course(rule_id, sites[enterprise_id], f"S:{point_id}", days, is_appealed=days is APPEALED))
    for one in pilot_work.looked_at(world, world.rng(pilot_work.STREAM)):
        days = LATE if one.is_remedied or one.number % 2 else STUCK
        for rule_id, is_at_fault in (("PR-VO06", one.months > 6), ("PR-PX08", not one.is_complete)):
            if is_at_fault:
                found.append(_course(rule_id, one.site, "stated", days))
    number = 0
    for used in ledger.used_permits:
        if used.share > ABOVE or NEAR[0] < used.share < NEAR[1]:
            rule_id = "PR-PX04" if used.share > ABOVE else "PR-PX05"
            subject = f"{used.enterprise_id}:{used.outlet_no}|{used.medium}|{used.pollutant_id}"
            days = AFTER_RELEASE[number % len(AFTER_RELEASE)]
            found.append(_course(rule_id, sites[used.enterprise_id], subject, days))
            number += 1
    return found


def _course(rule_id: str, site: Site, subject: str, days: dict[str, int], *, is_appealed: bool = False) -> Course:
    steps = [(step, date(2026, 9, day)) for step, day in days.items()]
    return Course(problem_id(rule_id, site.enterprise_id, subject), site, steps, is_appealed)


def appeals(world: World, ledger: Ledger) -> list[list[object]]:
    """Rows of the appeals against some of them, turned down (:data:`APPEAL`)."""
    reason = "采样时段工况不具代表性（虚构）"
    appealed = [course for course in courses(world, ledger) if course.is_appealed]
    return [
        [f"SS9{number:02d}", one.site.name, one.problem_id, reason, APPEALED_ON, "维持", DECIDED_ON]
        for number, one in enumerate(appealed, 1)
    ]
