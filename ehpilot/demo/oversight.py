"""supervision/ and pilot/: problems and their course, appeals, and the running of the pilot.

Belongs here: these workbooks and their dirt.
Does not belong here: grades and codes computed from them.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from ehpilot.demo import fund, names, pilot_texts, rule_courses, scoring_facts
from ehpilot.demo.dirt import note_rows, spoil_texts
from ehpilot.demo.files import Table, write_workbook
from ehpilot.demo.indices import INCIDENTS
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import EARLIEST, Site, World

FIRST = date(2025, 1, 10)
DAYS = 700  # in which problems are found: to December 2026, of which a folder shows what its date allows
PROBLEM = [
    "问题编号", "企业", "发现日期", "来源", "问题描述", "严重程度", "整改期限", "整改状态", "完成日期",
    "佐证材料", "法规条款",
]  # fmt: skip
EVENT = ["问题编号", "序号", "环节", "时间", "经办单位", "意见", "佐证"]
CODE_FROM = date(2026, 8, 15)  # the 生态环境法典 is in force; the laws beside it are those that it replaced
# problem: (law before, article of the 生态环境法典)
WHAT = {
    "废气收集不全": ("大气污染防治法第四十五条", "第二百一十四条"),
    "在线数据异常": ("排污许可管理条例第二十条", "第一百八十四条"),
    "台账缺失": ("排污许可管理条例第二十一条", "第一百八十三条"),
    "泄漏点超期未修复": ("大气污染防治法第四十七条", "第二百一十六条"),
    "厂界异味": ("大气污染防治法第八十条", "第二百四十九条"),
    "危废贮存不规范": ("固体废物污染环境防治法第七十九条", "第五百三十三条"),
    "废水超标": ("水污染防治法第十条", "第一百五十一条"),
}  # fmt: skip
INCIDENT, INCIDENT_LAW = "一般突发环境事件：储罐呼吸阀泄漏", ("环境保护法第四十七条", "第一百一十八条")
COURSE = ("发现", "派发", "签收", "整改", "提交", "复核", "销号")
# The course of some grave problems, overdue at the end of August and ended in September: codes that get better again.
ENDED = tuple(zip(COURSE, (
    date(2026, 7, 16), date(2026, 7, 17), date(2026, 7, 20), date(2026, 8, 3), date(2026, 9, 7), date(2026, 9, 10),
    date(2026, 9, 14),
), strict=True))  # fmt: skip
STATUS = {
    "发现": "已发现",
    "派发": "已派发",
    "签收": "已签收",
    "整改": "整改中",
    "提交": "已提交",
    "复核": "已复核",
    "销号": "已销号",
}


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the workbooks of supervision and nine of the pilot."""
    _problems(world, ledger, out)
    _pilot_plain(world, ledger, out)
    _pilot_reach(world, ledger, out)
    _applications(world, ledger, out)
    _open_days(world, ledger, out)
    _experts(world, ledger, out)


def _book(ledger: Ledger, folder: str, name: str, header: list[str], part: str = "") -> Table:
    return Table(ledger, f"{folder}/{name}{part}.xlsx", name, header, [[f"{name}（演示数据，虚构）"]])


@dataclass(frozen=True)
class Problem:
    """A problem and its whole course, whatever the as-of date."""

    problem_id: str
    site: Site
    found: date
    due: date
    source: str
    what: str
    severity: str
    steps: list[tuple[str, date]]
    is_appealed: bool = False  # since July 2026: the steps wait for the decision

    @property
    def filed(self) -> date:
        """The day of an appeal against it, if there is one."""
        return self.found + timedelta(days=3)

    @property
    def decided(self) -> date:
        """The day on which that is decided."""
        return self.filed + timedelta(days=8)

    @property
    def is_proved(self) -> bool:
        """Whether the course has its evidence; one in seven lacks it, and is not closed for that."""
        return int(self.problem_id.removeprefix("WT")) % 7 > 0

    def by(self, day: date) -> list[tuple[str, date]]:
        """The steps that were taken by a day."""
        return [step for step in self.steps if step[1] <= day]


def _problems(world: World, ledger: Ledger, out: Path) -> None:
    """The export of the first half of 2026, then a file of what each month added: new problems, and steps of all."""
    problems = drawn(world)
    ends = [EARLIEST]
    for year, month in world.months(2026):
        if (year, month) > (EARLIEST.year, EARLIEST.month):
            ends.append(date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))
    for number, end in enumerate(ends):
        begin = date.min if number == 0 else ends[number - 1] + timedelta(days=1)
        _export(world, ledger, out, problems, begin, end)
    _appeals(ledger, out, problems)
    for begin, end in itertools.pairwise(ends):
        _later_appeals(world, ledger, out, problems, begin, end)
    for problem in problems:
        steps = problem.by(world.as_of)
        if steps:
            last, when = steps[-1]
            closed = when if last == "销号" else None
            ledger.fact(
                "problems", problem_id=problem.problem_id, enterprise_id=problem.site.enterprise_id,
                found_on=problem.found.isoformat(), due_on=problem.due.isoformat(), true_status=last,
                closed_on=closed.isoformat() if closed else "",
                overdue_days=max(0, ((closed or world.as_of) - problem.due).days),
            )  # fmt: skip


def drawn(world: World) -> list[Problem]:
    """All problems of the world, by number; the same whoever asks."""
    rng = world.rng("problems")
    sites = [site for site in world.active if site.handles_listed]
    count = max(12, round(150 * world.scale))
    days = np.sort(rng.integers(0, DAYS, count)).tolist()
    result = []
    for number, day in enumerate(days, 1):
        found = FIRST + timedelta(days=int(day))
        severity = str(rng.choice(["严重", "较重", "一般"], p=[0.1, 0.35, 0.55]))
        problem = Problem(
            f"WT{number:04d}", sites[int(rng.integers(len(sites)))], found,
            found + timedelta(days={"严重": 15, "较重": 30, "一般": 60}[severity]),
            str(rng.choice(["执法", "在线预警", "信访", "自查"])), str(rng.choice(list(WHAT))), severity,
            _course(rng, found),
        )  # fmt: skip
        is_appealed = number % 5 == 0 and problem.filed > EARLIEST
        result.append(_waiting(problem) if is_appealed else problem)
    found = ENDED[0][1]
    for number, site in enumerate(sites[1 :: max(1, len(sites) // max(4, round(16 * world.scale)))], count + 1):
        result.append(Problem(
            f"WT{number:04d}", site, found, found + timedelta(days=15), "执法", "危废贮存不规范", "严重", list(ENDED)
        ))  # fmt: skip
    result += _incident(sites, len(result) + 1)
    return result


def _incident(sites: list[Site], number: int) -> list[Problem]:
    """The one incident of 2025 that the emergency office reports too (``indices.INCIDENTS``), where its park has a site
    on the lists."""
    park = list(names.PARK_NAMES)[INCIDENTS[2025].index(1)]
    site = next((site for site in sites if site.park_id == park), None)
    if site is None:
        return []
    found = date(2025, 8, 12)
    steps = [(event, found + timedelta(days=4 * day)) for day, event in enumerate(COURSE)]
    return [Problem(f"WT{number:04d}", site, found, found + timedelta(days=30), "执法", INCIDENT, "较重", steps)]


def _course(rng: np.random.Generator, found: date) -> list[tuple[str, date]]:
    """All steps that a problem will have taken; a few get stuck on the way."""
    steps: list[tuple[str, date]] = []
    moment = found
    for event in COURSE:
        if len(steps) > 2 and rng.random() < 0.04:
            break
        steps.append((event, moment))
        moment += timedelta(days=int(rng.gamma(2.0, 4.0)) + (1 if event != "发现" else 0))
    return steps


def _waiting(problem: Problem) -> Problem:
    """The problem with an appeal: it is sent out before, and nothing is done about it until that is decided."""
    day = timedelta(days=1)
    later = [(step, max(when, problem.decided + day)) for step, when in problem.steps if step not in COURSE[:3]]
    steps = [(COURSE[0], problem.found), (COURSE[1], problem.found + day), *later]
    return replace(problem, steps=steps, is_appealed=True)


def _export(world: World, ledger: Ledger, out: Path, problems: list[Problem], begin: date, end: date) -> None:
    """What was found, and which steps were taken, from ``begin`` to ``end``, as it stood then."""
    is_first = begin == date.min
    part = "" if is_first else f"_{end:%Y%m}"
    listed = _book(ledger, "supervision", "监管问题", PROBLEM, part)
    events = _book(ledger, "supervision", "问题流转记录", EVENT, part)
    for problem in problems:
        name = problem.site.name
        for step, (event, moment) in enumerate(problem.steps, 1):
            if begin <= moment <= end:
                unit = name if event in ("签收", "整改", "提交") else names.ISSUING_UNIT
                happened_at = datetime(moment.year, moment.month, moment.day, 9, step)
                evidence = "整改报告（虚构）" if event in ("提交", "销号") and problem.is_proved else None
                events.add([problem.problem_id, step, event, happened_at, unit, "同意", evidence])
        if not begin <= problem.found <= end:
            continue
        last, when = problem.by(end)[-1]
        closed = when if last == "销号" else None
        before, code = WHAT.get(problem.what, INCIDENT_LAW)
        listed.add([
            problem.problem_id, name, problem.found, problem.source, f"{problem.what}（虚构）", problem.severity,
            problem.due, STATUS[last], closed, "整改报告（虚构）" if closed and problem.is_proved else None,
            f"生态环境法典{code}" if problem.found >= CODE_FROM else before,
        ])  # fmt: skip
    for course in rule_courses.courses(world, ledger):
        for step, (event, moment) in enumerate(course.steps, 1):
            if begin <= moment <= end:
                happened_at = datetime(moment.year, moment.month, moment.day, 9, step)
                shown = "整改报告（虚构）" if event in ("提交", "销号") else None
                events.add([course.problem_id, step, event, happened_at, course.unit(event), "同意", shown])
    if is_first and world.scale >= 0.5:
        _spoil_problems(world, listed, events)
    for table in (listed, events):
        if table.rows:
            write_workbook(out, table.path, [table])
        else:
            ledger.forget(table.path)


def _appeals(ledger: Ledger, out: Path, problems: list[Problem]) -> None:
    table = _book(ledger, "supervision", "申诉", ["编号", "企业", "理由", "受理日期", "决定", "决定日期"])
    for number, problem in enumerate(problems, 1):
        if number % 20 == 0 and problem.filed <= EARLIEST:
            is_decided = problem.decided <= EARLIEST
            table.add([
                f"SS{number // 20:03d}", problem.site.name, "对问题认定有异议（虚构）", problem.filed,
                ("维持" if number % 40 else "成立") if is_decided else None, problem.decided if is_decided else None,
            ])  # fmt: skip
    if table.rows:
        write_workbook(out, table.path, [table])
    else:
        ledger.forget(table.path)


def _later_appeals(world: World, ledger: Ledger, out: Path, problems: list[Problem], before: date, end: date) -> None:
    """申诉_YYYYMM: appeals that were decided after ``before``, by ``end``; they name their problem; turned down."""
    table = _book(ledger, "supervision", "申诉", rule_courses.APPEAL, f"_{end:%Y%m}")
    for number, problem in enumerate(problems, 1):
        if problem.is_appealed and before < problem.decided <= end:
            table.add([
                f"SS{number + 1000}", problem.site.name, problem.problem_id, "对问题认定有异议（虚构）", problem.filed,
                "维持", problem.decided,
            ])  # fmt: skip
    if before < rule_courses.DECIDED_ON <= end:
        for row in rule_courses.appeals(world, ledger):
            table.add(row)
    if table.rows:
        write_workbook(out, table.path, [table])
    else:
        ledger.forget(table.path)


def _spoil_problems(world: World, problems: Table, events: Table) -> None:
    rng = world.rng("problem dirt")
    for column, value, code, what in (
        ("发现日期", "去年底", "DATE", "words for a date"),
        ("问题描述", None, "REQUIRED-EMPTY", "description left empty"),
    ):
        problems.spoil_any(rng, column, value, code, what)
    row = problems.pick(rng)
    if row:
        when = row.cells[2]
        problems.vary(row, "发现日期", float((when - date(1899, 12, 30)).days), "date as a serial number")
    problems.flag_any(rng, "发现日期", date(2027, 1, 5), "DATE-AFTER-AS-OF", "date in the future")
    events.spoil_any(rng, "序号", "第一", "NUMBER", "number in words")
    events.spoil_any(rng, "经办单位", None, "REQUIRED-EMPTY", "unit left empty")
    spoil_texts(world, problems, "问题描述")
    note_rows(problems, total=["合计", f"{len(problems.rows)}项"], note="注：状态以流转记录为准")


def _pilot_plain(world: World, ledger: Ledger, out: Path) -> None:
    """Progress of the deliverables and the money."""
    rng = world.rng("pilot")
    progress = _book(ledger, "pilot", "任务进展", ["成果编号", "状态", "进度(%)", "完成日期", "完成值", "佐证"])
    for number in range(1, 20):
        share = int(np.clip(rng.normal(65, 25), 15, 100))
        state = "已完成" if share == 100 else "进行中"
        progress.add(
            [
                f"D{number:02d}",
                state,
                share,
                date(2026, 2, 20) if share == 100 else None,
                None,
                f"第{number}项成果佐证材料（虚构）.pdf",
            ]
        )
    funding = _book(ledger, "pilot", "经费", ["项目", "任务号", "来源", "预算(元)", "支出(元)"])
    for number in range(1, 16):
        drawn = float(rng.integers(10, 200)) * 10000
        budget = fund.BUDGET_YUAN if number == 12 else drawn
        funding.add(
            [f"任务{number}工作经费", number, "区财政（虚构）", budget, round(budget * float(rng.uniform(0.1, 0.8)), 2)]
        )
    funding.spoil_any(rng, "支出(元)", "-1000", "NUMBER-NEGATIVE", "negative spending")
    note_rows(funding, total=["合计", "", "", 9999999.0, 999999.0])
    for table in (progress, funding):
        write_workbook(out, table.path, [table])


def _pilot_reach(world: World, ledger: Ledger, out: Path) -> None:
    """Venues, projects, opinions and uses of results."""
    rng = world.rng("pilot reach")
    venues = _book(ledger, "pilot", "宣传阵地", ["阵地", "类型", "年份", "产品数", "活动数", "人次"])
    for number in range(1, 7):
        for year in (2025, 2026):
            kind = "主阵地" if number == 1 else "分阵地"
            venues.add(
                [
                    f"示例宣传阵地{number}",
                    kind,
                    year,
                    int(rng.integers(2, 12)),
                    int(rng.integers(3, 20)),
                    int(rng.integers(200, 4000)),
                ]
            )
    industry = _book(
        ledger,
        "pilot",
        "产业转化",
        ["项目", "类别", "产业", "阶段", "主体", "投入(元)", "金额(元)", "核算方法", "证据"],
    )
    for number, (project, category, kind, stage) in enumerate(scoring_facts.PROJECTS, 1):
        industry.add([
            project, category, kind, stage, f"示例实施单位{number}（虚构）",
            float(rng.integers(10, 300)) * 10000, float(rng.integers(20, 900)) * 10000,
            ("合同额", "营业收入增量", "溢价")[number % 3], "合同（虚构）",
        ])  # fmt: skip
    opinions = _book(
        ledger, "pilot", "征求意见", ["序号", "文件", "单位", "意见", "采纳/部分/未采纳", "理由", "修改处"]
    )
    for number, (document, unit, opinion, outcome, reason, changed_at) in enumerate(pilot_texts.OPINIONS, 1):
        opinions.add([number, document, unit, opinion, outcome, reason, changed_at])
    uses = _book(ledger, "pilot", "成果应用", ["日期", "类型", "企业", "说明", "成效", "佐证"])
    used = world.those("permit")[:: max(1, len(world.those("permit")) // len(pilot_texts.USES))]
    for site, (when, kind, what, effect, evidence) in zip(used, pilot_texts.USES, strict=False):
        uses.add([when, kind, site.name, what, effect, evidence])
    for table in (venues, industry, opinions, uses):
        write_workbook(out, table.path, [table])


def _applications(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("applications")
    shown = {one.name for one in fund.shown(world)}
    items = ["减排实效", "健康效益", "创新性", "可推广", "成本效益"]
    header = ["申报编号", "申报主体", "联系人", "联系电话", "类别", "申报日期", *items, "申请金额(元)"]
    table = _book(ledger, "pilot", "奖补申报", header)
    for one in fund.applications(world):
        added = table.add([
            one.name, one.site.name, names.person(900 + one.number), names.telephone(900 + one.number),
            one.track, date(2026, 1, 5 + one.number), *one.points, one.asked_yuan,
        ], records=1 + len(items))  # fmt: skip
        ledger.fact(
            "applications", row=added.number, application_id=one.name, score=sum(one.points), amount_yuan=one.asked_yuan
        )
    again = table.rows[4].cells
    table.add(["JB019", *again[1:5], date(2026, 1, 28), *again[6:]], records=1 + len(items))
    ledger.fact("repeated_applications", application_id="JB019", repeats=again[0])
    if row := table.pick(rng, lambda row: row.cells[0] not in shown):
        table.spoil(row, "申请金额(元)", "面议", "NUMBER", "word for a number", records=1)
    table.spoil_any(rng, "创新性", "优", "NUMBER", "word for a score", records=1)
    write_workbook(out, table.path, [table])


def _open_days(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("open days")
    table = _book(ledger, "pilot", "设施开放", ["企业", "日期", "场次", "人次", "满意人数", "调查人数"])
    for number, site in enumerate([s for s in world.active if s.kind.is_synthetic][:5]):
        share = (0.97, 0.93, 0.88, 0.8, 0.7)[number]
        ledger.fact("open_facilities", enterprise_id=site.enterprise_id, true_satisfaction=share)
        for visit in range(16 - 2 * number):
            people = int(rng.integers(20, 60))
            asked = int(people * 0.7)
            table.add([
                site.name, date(2025, 1 + visit % 12, 5 + visit), f"第{visit + 1}场", people,
                int(rng.binomial(asked, share)), asked,
            ])  # fmt: skip
    table.spoil_any(rng, "人次", "很多", "NUMBER", "word for a number")
    note_rows(table, total=["合计", "", "", 2000, 900, 1000])
    write_workbook(out, table.path, [table])


def _experts(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("experts")
    table = _book(ledger, "pilot", "专家团队", ["姓名", "单位", "领域", "职称", "电话", "培训次数", "在岗", "同意公开"])
    for number in range(1, 10):
        table.add([
            names.person(800 + number), f"虚构研究院{number}",
            ("毒理", "监测", "流行病", "化工", "公共卫生")[number % 5],
            "研究员" if number % 2 else "高级工程师", names.telephone(800 + number), int(rng.integers(0, 8)),
            "是" if number % 4 else "否", "是" if number % 3 else "否",
        ])  # fmt: skip
    table.spoil_any(rng, "领域", None, "REQUIRED-EMPTY", "field left empty")
    write_workbook(out, table.path, [table])
