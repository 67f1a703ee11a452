"""Write ``supervision/`` of a building edition: 分级监管清单, 入企计划 and 问题清单 as a workbook and a page.

Who is looked at how, how often and why; who is left alone (无事不扰) and which visits are merged into one; every
problem with its course. Every cell is one of ``risk_grade.supervision_list``, ``inspection_visit`` or ``problem``, with
words for codes; the columns 责任科室, 实际日, 结果 and 责任人岗位 are for the pen of those who go there.

Does not belong here: the rules (seed inspection_rule), letters (``notices``).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from ehpilot.publish.pages import write_page
from ehpilot.reading.code_signature import GRADE_WORDS
from ehpilot.reading.edition import FICTION_MARK, code_labels, has_table, open_marts

FOLDER = "supervision"
WORKBOOK, PAGE = "分级监管清单.xlsx", "index.html"
TABLE, VISITS = "risk_grade.supervision_list", "risk_grade.inspection_visit"
PROBLEMS, EVENTS = "risk_grade.problem", "risk_grade.problem_event"
LIST_COLUMNS = (
    "企业", "园区", "等级", "码色", "监管方式", "全年检查次数", "其中入企", "检查要点", "必测项目",
    "现场时需带材料", "合并的其他检查", "最近入企", "最近非现场检查", "下次检查不晚于", "计划月", "无事不扰",
    "责任科室", "实际日", "结果",
)  # fmt: skip
PROBLEM_COLUMNS = (
    "问题编号", "企业", "对象", "规则编号", "事实", "证据键", "法规条款", "严重度", "发现方式", "发现日", "整改要求",
    "时限", "状态", "应交材料", "复核方", "复核日", "办结日", "逾期天数", "是否复发", "责任人岗位",
)  # fmt: skip
VISIT_COLUMNS = ("企业", "季度", "最迟日", "缘由", "合并缘由数", "码色", "检查规则", "责任科室", "实际日", "结果")
TO_FILL = 3  # columns at the end


def write_list_of(building: Path, *, is_fictional: bool) -> list[Path]:
    """Write workbook and page from the building edition's own tables; none where nobody is supervised."""
    with open_marts(building) as connection:
        if not has_table(connection, TABLE):
            return []
        labels = code_labels(connection)
        rows = _list(connection, labels)
        visits = _visits(connection, labels) if has_table(connection, VISITS) else []
        problems = _problems(connection, labels) if has_table(connection, EVENTS) else []
        as_of = connection.execute(f"select max(as_of) from {TABLE}").fetchall()[0][0]
    if not rows:
        return []
    folder = building / FOLDER
    folder.mkdir(exist_ok=True)
    tables = (("分级监管清单", LIST_COLUMNS, rows), ("入企计划", VISIT_COLUMNS, visits),
              ("问题清单", PROBLEM_COLUMNS, problems))  # fmt: skip
    return [
        _workbook(folder / WORKBOOK, tables, as_of, is_fictional),
        write_page(
            folder / PAGE,
            "supervision.html.j2",
            title="分级监管清单",
            tables=tables,
            as_of=as_of,
            workbook=WORKBOOK,
            is_fictional=is_fictional,
        ),
    ]


def _list(connection: duckdb.DuckDBPyConnection, labels: dict[tuple[str, str], str]) -> list[tuple[str, ...]]:
    points = dict(connection.execute("select rule_id, condition_cn from risk_grade.colour_rule").fetchall())
    found = "select rule_id, min(split_part(description, '：', 1)) from risk_grade.problem group by 1"
    points |= dict(connection.execute(found).fetchall())
    substances = dict(connection.execute("select pollutant_id, name_cn from core.dim_pollutant").fetchall())
    rows = connection.execute(
        f"""
        select
            coalesce(site.name, enterprise_id), area.name_cn, list.grade, list.colour, list.mode, list.inspections_due,
            list.on_site_max_per_year, list.focus, list.must_test, list.materials, list.merge_rule,
            list.last_inspection, list.last_off_site_check, list.next_inspection, list.is_left_alone
        from {TABLE} as list
        left join core.dim_enterprise as site using (enterprise_id)
        left join core.dim_area as area on area.area_id = site.park_id
        order by list.grade nulls last, enterprise_id
        """
    ).fetchall()
    listed = []
    for (
        name, area, grade, colour, mode, checks, visits, focus, tests, papers, merged, last, looked, day, is_quiet,
    ) in rows:  # fmt: skip
        words = (
            name, area, GRADE_WORDS.get(grade, "资料不足"), labels.get(("colour", colour), colour),
            labels.get(("supervision_mode", mode), mode), checks, visits,
            "；".join(points.get(code) or code for code in focus or ()),
            "、".join(substances.get(one) or one for one in tests or ()), "；".join(papers or ()), merged, last, looked,
            day, f"{day:%Y-%m}" if day else "", "是" if is_quiet else "",
        )  # fmt: skip
        listed.append((*map(_text, words), *[""] * TO_FILL))
    return listed


def _visits(connection: duckdb.DuckDBPyConnection, labels: dict[tuple[str, str], str]) -> list[tuple[str, ...]]:
    rows = connection.execute(
        f"""
        select coalesce(site.name, enterprise_id), period, due_by, causes, merged_causes, colour, rule_ids
        from {VISITS} as visit
        left join core.dim_enterprise as site using (enterprise_id)
        order by period, due_by nulls last, enterprise_id
        """
    ).fetchall()
    return [
        (*map(_text, (name, _quarter(period), due, "；".join(causes), count, labels.get(("colour", colour), colour),
                      "、".join(labels.get(("inspection_rule", rule), rule) for rule in rules))), *[""] * TO_FILL)
        for name, period, due, causes, count, colour, rules in rows
    ]  # fmt: skip


def _problems(connection: duckdb.DuckDBPyConnection, labels: dict[tuple[str, str], str]) -> list[tuple[str, ...]]:
    """Every problem, open ones first, with who verified it and when."""
    rows = connection.execute(
        f"""
        with verified as (
            select problem_id, max(event_at) as verified_on, max_by(actor_role, event_no) as verified_by
            from {EVENTS} where event = 'verified' and refusal is null group by problem_id
        )
        select
            problem_id, coalesce(site.name, enterprise_id), problem.object_cn, problem.rule_id, problem.description,
            problem.evidence_key, problem.legal_basis, problem.severity, problem.source, problem.found_at,
            problem.must_reach, problem.due, problem.status, problem.evidence_wanted, verified.verified_by,
            verified.verified_on, problem.closed_at, problem.overdue_days, problem.is_recurrence
        from {PROBLEMS} as problem
        left join core.dim_enterprise as site using (enterprise_id)
        left join verified using (problem_id)
        order by problem.status = 'closed', problem.due nulls last, problem_id
        """
    ).fetchall()
    listed = []
    for row in rows:
        words = [*row]
        for place, code_set in ((7, "severity"), (8, "problem_source"), (12, "problem_status"), (14, "actor_role")):
            words[place] = labels.get((code_set, row[place]), row[place])
        words[18] = "是" if row[18] else ""
        listed.append((*map(_text, words), ""))
    return listed


def _quarter(period: str) -> str:
    """A quarter as documents write it: 2026Q4 is 2026年第4季度."""
    year, _, quarter = period.partition("Q")
    return f"{year}年第{quarter}季度" if quarter else period


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _workbook(path: Path, tables: tuple[Any, ...], as_of: dt.date, is_fictional: bool) -> Path:
    """The tables as sheets of texts, so that no value can be a formula; bytes repeat (the date is the as-of date)."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        created = dt.datetime(as_of.year, as_of.month, as_of.day)
        workbook.set_properties({"title": "分级监管清单", "created": created})
        cell = workbook.add_format(
            {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "top", "border": 1}
        )
        head = workbook.add_format({"font_name": "黑体", "font_size": 10, "border": 1, "bg_color": "#F2F2F2"})
        for name, columns, rows in tables:
            sheet = workbook.add_worksheet(name)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(1)
            sheet.freeze_panes(2, 1)
            sheet.set_column(0, len(columns) - 1, 16)
            sheet.write_string(0, 0, f"{name}（数据截止{as_of}）" + (f" {FICTION_MARK}" if is_fictional else ""))
            for number, row in enumerate((columns, *rows), start=1):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text, head if number == 1 else cell)
    return path
