"""supervision/ and pilot/: facts that rules ask, working mechanisms, reaching the public, what became of subsidies.

Belongs here: these small files, up to the middle of 2026 but for what was put right in September.
Does not belong here: problems and their course, the pilot's main lists (oversight.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from ehpilot.demo import fund, names, scoring_facts
from ehpilot.demo.files import Table, write_csv, write_workbook
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.pilot_texts import CONCLUSIONS, OFFICES
from ehpilot.demo.world import Site, World

FACT = ["对象类型", "对象", "事实", "值", "单位", "日期", "佐证"]
SCORING = ["对象类型", "对象编号", "事实", "数值", "单位", "日期", "佐证"]
MECHANISM = ["类型", "日期", "参加单位", "成果编号", "结论", "办理单位", "时限", "状态", "佐证"]
EVIDENCE = "材料（虚构）"
STREAM = "pilot work"  # of random numbers, which the facts below begin
SHARES_DAY = date(2026, 6, 30)  # of the second quarter
RIGHT_AGAIN = date(2026, 9, 15)  # when two of three that were at fault had put it right
# names of facts: those of the rules for problems and of the scoring rules


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write 事实 of supervision and seven files of the pilot."""
    rng = world.rng(STREAM)
    _facts(world, ledger, out, rng)
    _mechanisms(ledger, out, rng)
    _reach(ledger, out, rng)
    _visits(world, ledger, out, rng)
    _subsidies(world, ledger, out)
    _questions(ledger, out)


def _book(ledger: Ledger, folder: str, name: str, header: list[str]) -> Table:
    return Table(ledger, f"{folder}/{name}.xlsx", name, header, [[f"{name}（演示数据，虚构）"]])


def _facts(world: World, ledger: Ledger, out: Path, rng: np.random.Generator) -> None:
    facts = _book(ledger, "supervision", "事实", FACT)
    scoring = _book(ledger, "pilot", "评分事实", SCORING)
    named = Counter(site.name for site in world.active)

    def called(site: Site) -> str:
        """By name; two plants of one company by their permits, else one fact would be stated twice."""
        return site.name if named[site.name] == 1 else site.permit_no

    remedied = Table(ledger, "supervision/事实_202609.xlsx", "事实", FACT, [["事实（演示数据，虚构）"]])
    for one in looked_at(world, rng):
        place, day = called(one.site), date(2026, 1 + one.number % 6, 1 + one.number)
        facts.add(["企业", place, "tank_check_months", one.months, "月", day, EVIDENCE])
        facts.add(["企业", place, "ledger_complete", "是" if one.is_complete else "否", None, day, EVIDENCE])
        if one.is_remedied and one.months > 6:
            remedied.add(["企业", place, "tank_check_months", 5, "月", RIGHT_AGAIN, EVIDENCE])
        if one.is_remedied and not one.is_complete:
            remedied.add(["企业", place, "ledger_complete", "是", None, RIGHT_AGAIN, EVIDENCE])
    shares = world.rng("stated shares")
    for site in (s for s in world.active if s.handles_listed):  # one in some ten near its line, as one would find
        leaks, hours = shares.normal(0.97, 0.02), shares.normal(0.90, 0.06)
        facts.add(["企业", called(site), "ldar_repair_on_time", f"{min(leaks, 1):.3f}", None, SHARES_DAY, EVIDENCE])
        facts.add(["企业", called(site), "cems_completeness", f"{100 * min(hours, 1):.1f}", "%", SHARES_DAY, EVIDENCE])
    for number, site in enumerate((s for s in world.active if s.handles_listed), 1):
        for fact, day in _oversight(number):
            facts.add(["企业", called(site), fact, "是", None, day, EVIDENCE])
    scoring_facts.add_all(world, ledger, scoring)
    scoring.spoil_any(rng, "数值", "若干", "NUMBER", "word for a number")
    for table in (facts, scoring):
        write_workbook(out, table.path, [table])
    if world.as_of >= RIGHT_AGAIN and remedied.rows:
        write_workbook(out, remedied.path, [remedied])
    else:
        ledger.forget(remedied.path)


@dataclass(frozen=True)
class LookedAt:
    """What was stated of one site in the first half of 2026: months since its tanks were checked, its records."""

    number: int
    site: Site
    months: int
    is_complete: bool

    @property
    def is_remedied(self) -> bool:
        """Whether a fault that it has was put right by September."""
        return self.number % 3 > 0


def looked_at(world: World, rng: np.random.Generator) -> list[LookedAt]:
    """The sites that were looked at; the same for every generator that begins the stream :data:`STREAM`."""
    sites = [site for site in world.active if site.handles_listed][:24]
    return [LookedAt(number, site, int(rng.integers(1, 9)), number % 5 > 0) for number, site in enumerate(sites, 1)]


def _oversight(number: int) -> Iterator[tuple[str, date]]:
    """What is known of the supervision of one site: who visited it and when, its credit."""
    if number % 4 == 0:
        yield "site_visited", date(2026, 2 + number % 5, 3 + number % 20)
    if number % 5 == 2:
        yield "offsite_checked", date(2026, 1 + number % 6, 8 + number % 15)
    if number % 12 == 7:
        yield "regional_inspection", date(2026, 6, 15)
    if number % 6 in (1, 2):
        yield "credit_good", date(2026, 6, 30)
    if number % 12 == 5:
        yield "credit_bad", date(2026, 6, 30)


def _mechanisms(ledger: Ledger, out: Path, rng: np.random.Generator) -> None:
    table = _book(ledger, "pilot", "工作机制", MECHANISM)
    kinds, offices = list(CONCLUSIONS), list(OFFICES)
    for number in range(21):
        kind, turn = kinds[number % len(kinds)], number // len(kinds)
        day = date(2025, 3, 10) + timedelta(days=21 * number)
        is_open = number % 4 == 3
        table.add([
            kind, day, f"{offices[number % 5]}、{offices[(number + 2) % 5]}", f"D{1 + number % 19:02d}",
            CONCLUSIONS[kind][turn % len(CONCLUSIONS[kind])], offices[number % 5], day + timedelta(days=30),
            "办理中" if is_open else "已办结", None if is_open else EVIDENCE,
        ])  # fmt: skip
    table.spoil_any(rng, "类型", None, "REQUIRED-EMPTY", "kind left empty")
    write_workbook(out, table.path, [table])


def _reach(ledger: Ledger, out: Path, rng: np.random.Generator) -> None:
    products = _book(ledger, "pilot", "科普产品", ["名称", "形式", "受众", "发布日", "触达"])
    for number in range(1, 13):
        products.add([
            f"环境健康科普{number}（虚构）", ("视频", "手册", "海报", "课程")[number % 4],
            ("公众", "职工", "学生")[number % 3], date(2025, number, 15), int(rng.integers(300, 20000)),
        ])  # fmt: skip
    campaigns = _book(ledger, "pilot", "宣传活动", ["类型", "日期", "主题", "学时", "人数", "前测", "后测"])
    for number in range(1, 16):
        kind = ("论坛", "专栏", "报道", "宣讲", "培训")[number % 5]
        before = float(rng.integers(50, 70))
        taught = kind in ("宣讲", "培训")
        campaigns.add([
            kind, date(2025, 1, 20) + timedelta(days=30 * number), f"主题{number}（虚构）", 4 if taught else None,
            int(rng.integers(30, 300)), before if taught else None, before + 15 if taught else None,
        ])  # fmt: skip
    for table in (products, campaigns):
        write_workbook(out, table.path, [table])


def _visits(world: World, ledger: Ledger, out: Path, rng: np.random.Generator) -> None:
    table = Table(ledger, "pilot/参观调查.csv", "", ["问卷编号", "企业", "日期", "前信任", "后信任", "满意"])
    for number, site in enumerate([s for s in world.active if s.kind.is_synthetic][:5]):
        for visitor in range(24):
            before = int(np.clip(rng.normal(2.8, 0.9), 1, 5).round())
            after = int(np.clip(before + rng.normal(0.9, 0.7), 1, 5).round())
            table.add([
                f"CG{number * 24 + visitor + 1:04d}", site.name, f"2025-{1 + visitor % 12:02d}-18", before, after,
                "满意" if rng.random() < 0.9 else "不满意",
            ])  # fmt: skip
    table.spoil_any(rng, "前信任", "一般", "NUMBER", "word for a number")
    write_csv(out, table, "utf-8-sig")


def _subsidies(world: World, ledger: Ledger, out: Path) -> None:
    """All are shown on one day with the one whose objection is upheld. The second is paid before the notice ends; the
    last gives back what it got; the others have the rest after the recheck half a year later."""
    table = _book(ledger, "pilot", "奖补流转", ["申报编号", "环节", "日期", "金额(元)"])
    day = date(2026, 3, 2)
    gone = fund.recalled(world)
    for one in fund.applications(world):
        if one.number == fund.OBJECTED:
            table.add([one.name, "公示", day, None])
            table.add([one.name, "异议", day + timedelta(days=3), None])
    for place, one in enumerate(fund.shown(world)):
        first = round(fund.FIRST_SHARE * one.award_yuan, 2)
        table.add([one.name, "公示", day, None])
        table.add([one.name, "拨付", day + timedelta(days=3 if place == 1 else 23), first])
        if one == gone:
            table.add([one.name, "追回", date(2026, 7, 10), first])
        else:
            table.add([one.name, "复核", date(2026, 9, 28), None])
            table.add([one.name, "拨付", date(2026, 10, 12), round(one.award_yuan - first, 2)])
    write_workbook(out, table.path, [table])


def _questions(ledger: Ledger, out: Path) -> None:
    table = _book(ledger, "pilot", "公众问答", ["渠道", "日期", "问题", "答复日", "答复", "是否公开"])
    for number in range(1, 13):
        asked = date(2025, number, 6)
        answered = asked + timedelta(days=2 + number % 9) if number % 6 else None
        table.add([
            ("热线", "网站", "公众号")[number % 3], asked,
            f"{names.STREET_NAMES[number % 4]}的空气怎么样？（虚构{number}）", answered,
            "见监测公告（虚构）" if answered else None, "是" if number % 3 else "否",
        ])  # fmt: skip
    write_workbook(out, table.path, [table])
