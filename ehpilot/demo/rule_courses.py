"""supervision/: what clerks do, from September 2026 on, about problems that rules find by the end of August.

Belongs here: the course of some of them by their ids (a result above the limit of a permit, a fault that a fact
states), and the appeals against some, which name their problem.
Does not belong here: problems of supervision itself (oversight.py); the rules.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ehpilot.demo import names, pilot_work
from ehpilot.demo.files import Table, write_workbook
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
    """Id of a rule's problem, as the warehouse makes it of rule, site and object (none holds ``|`` or a backslash)."""
    return "PR-" + hashlib.sha256(f"{rule_id}|{enterprise_id}|{subject}".encode()).hexdigest()[:16]


def courses(world: World, ledger: Ledger) -> list[Course]:
    """The courses of all that clerks take up: every exceedance of August, and what the facts of the year state."""
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
    return found


def _course(rule_id: str, site: Site, subject: str, days: dict[str, int], *, is_appealed: bool = False) -> Course:
    steps = [(step, date(2026, 9, day)) for step, day in days.items()]
    return Course(problem_id(rule_id, site.enterprise_id, subject), site, steps, is_appealed)


def write_appeals(world: World, ledger: Ledger, out: Path) -> None:
    """申诉_202609: against some of them, turned down; none where nobody appealed by the world's day."""
    path = "supervision/申诉_202609.xlsx"
    table = Table(ledger, path, "申诉", APPEAL, [["申诉（演示数据，虚构）"]])
    if world.as_of >= date(2026, 9, 30):
        for number, course in enumerate((one for one in courses(world, ledger) if one.is_appealed), 1):
            table.add([
                f"SS9{number:02d}", course.site.name, course.problem_id, "采样时段工况不具代表性（虚构）", APPEALED_ON,
                "维持", DECIDED_ON,
            ])  # fmt: skip
    if table.rows:
        write_workbook(out, path, [table])
    else:
        ledger.forget(path)
