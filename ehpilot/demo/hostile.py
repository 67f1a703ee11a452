"""Whole files that are wrong, twice there or in an odd format, the decisions of clerks, and what is hostile.

Belongs here: files refused as a whole, copies, links, .xls, wrong encodings, decisions/*.csv. What no clerk would send
by mistake (an archive bomb, a link out of the folder …) is there in a hostile world only.
Does not belong here: dirt inside the tables of a source (its module); files of 1 GB (tests make them).
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

from ehpilot.demo import compound, names
from ehpilot.demo.files import CREATED, Table, write_csv, write_workbook
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.monitoring_long import LONG
from ehpilot.demo.oversight import EVENT, PROBLEM
from ehpilot.demo.permit import SITE_HEADER
from ehpilot.demo.world import World

DECISION = ["decision_id", "kind", "object", "value", "role", "date", "reason", "valid_until"]
BUREAU, FIRM = "bureau", "firm"
IGNORED = ("permit/~$排污单位基本信息.xlsx", "monitoring/.DS_Store")


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the wrong files and the decisions; needs the files of the sources."""
    _broken(ledger, out)
    _foreign(ledger, out)
    if world.is_hostile:
        _hostile(ledger, out)
        _impossible(world, ledger, out)
    _old_workbook(world, ledger, out)
    _encodings(ledger, out)
    _copies(ledger, out)
    _decisions(world, ledger, out, _conflict(world, ledger, out))
    for path in IGNORED:
        (out / path).write_bytes(b"not a landing file\n")


def _put(out: Path, path: str, content: bytes) -> None:
    (out / path).parent.mkdir(parents=True, exist_ok=True)
    (out / path).write_bytes(content)


def _broken(ledger: Ledger, out: Path) -> None:
    _put(out, "permit/排污单位基本信息_加密.xlsx", compound.encrypted_workbook())
    ledger.refuse("permit/排污单位基本信息_加密.xlsx", "workbook with an opening password", "FILE-PASSWORD")
    whole = (out / "permit/许可排放限值.xlsx").read_bytes()
    _put(out, "permit/许可排放限值_传输中断.xlsx", whole[: len(whole) * 6 // 10])
    ledger.refuse("permit/许可排放限值_传输中断.xlsx", "workbook that breaks off", "FILE-TRUNCATED")


def _hostile(ledger: Ledger, out: Path) -> None:
    _put(out, "permit/执行报告_2023.xlsx", "许可证编号,排放口编号,污染物\r\n示例,DA001,苯\r\n".encode())
    ledger.refuse("permit/执行报告_2023.xlsx", "csv that is named .xlsx", "FILE-TYPE")
    _put(out, "site_survey/入企调查_压缩炸弹.xlsx", _bomb())
    ledger.refuse("site_survey/入企调查_压缩炸弹.xlsx", "archive that unpacks to 30 MB of nothing", "FILE-BOMB")
    _put(out, "census/G101-2_产品产量_空.csv", b"")
    ledger.refuse("census/G101-2_产品产量_空.csv", "empty file", "FILE-TYPE")
    link = out / "permit/排放口基本信息_外链.xlsx"
    link.unlink(missing_ok=True)
    link.symlink_to("../../../../../../../../../../etc/hostname")
    ledger.refuse("permit/排放口基本信息_外链.xlsx", "symlink that leaves the folder", "FILE-LINK")
    _put(out, "杂项/说明.csv", "项目,说明\r\n示例,虚构\r\n".encode())
    ledger.refuse("杂项/说明.csv", "file in a folder of no source", "NO-FORM")
    scratch = Ledger()
    table = Table(scratch, "pilot/经费_旧表.xlsx", "经费", ["名称", "金额"])
    table.add(["示例经费（虚构）", 10000])
    write_workbook(out, table.path, [table])
    ledger.refuse("pilot/经费_旧表.xlsx", "required column 项目 missing", "NO-HEADER")
    _put(
        out,
        "monitoring/手工监测_202507.csv",
        "点位编号,采样时间,项目,结果,单位\r\nA01,2025-07-01 09:00,".encode() + b"\xff\xfe\xff\x81\x30\xff,1,\xff\r\n",
    )
    ledger.refuse("monitoring/手工监测_202507.csv", "bytes of no allowed encoding", "ENCODING")


# problem: its course as a file tells it, (step, day of June 2026, who, evidence); what the loop must refuse is told by
# the tests
IMPOSSIBLE: dict[str, tuple[tuple[str, int, str, str | None], ...]] = {
    "WTX01": (("发现", 1, BUREAU, None), ("销号", 2, BUREAU, "照片")),
    "WTX02": (("发现", 1, BUREAU, None), ("提交", 5, FIRM, "照片"), ("复核", 8, FIRM, None), ("销号", 9, FIRM, None)),
    "WTX03": (("发现", 10, BUREAU, None), ("派发", 12, BUREAU, None), ("签收", 3, FIRM, None)),
    "WTX04": (("发现", 1, BUREAU, None), ("提交", 5, FIRM, None), ("复核", 8, BUREAU, None), ("销号", 9, BUREAU, None)),
    "WTX05": (("发现", 1, BUREAU, None), ("归档", 5, BUREAU, None)),
}  # fmt: skip


def _impossible(world: World, ledger: Ledger, out: Path) -> None:
    """Problems whose record tells what can't be: closed before anything was done, verified by who submitted, …"""
    site = next(site for site in world.active if site.handles_listed)
    listed = Table(ledger, "supervision/监管问题_异常.xlsx", "监管问题", PROBLEM)
    events = Table(ledger, "supervision/问题流转记录_异常.xlsx", "问题流转记录", EVENT)
    for problem_id, course in IMPOSSIBLE.items():
        found, due = date(2026, 6, course[0][1]), date(2026, 12, 30)
        listed.add([problem_id, site.name, found, "执法", "流转异常（虚构）", "一般", due, "整改中", None, None, None])
        for number, (step, day, actor, evidence) in enumerate(course, 1):
            unit = site.name if actor == FIRM else names.ISSUING_UNIT
            events.add([problem_id, number, step, datetime(2026, 6, day, 9, number), unit, None, evidence])
    events.add(["WTX99", 1, "发现", datetime(2026, 6, 1, 9), names.ISSUING_UNIT, None, None])  # of no problem
    for table in (listed, events):
        write_workbook(out, table.path, [table])


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            info = zipfile.ZipInfo(name, CREATED.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, b" " * (30_000_000 if "sheet1" in name else 10))
    return buffer.getvalue()


def _foreign(ledger: Ledger, out: Path) -> None:
    _put(out, "supervision/会议纪要.txt", "会议纪要（虚构）\r\n一、议题\r\n二、意见\r\n".encode())
    ledger.refuse("supervision/会议纪要.txt", "a text that fits no form", "NO-FORM")
    _put(out, "monitoring/现场照片.jpg", b"\xff\xd8\xff\xe0" + bytes(200))
    ledger.refuse("monitoring/现场照片.jpg", "a picture", "FILE-TYPE")


def _old_workbook(world: World, ledger: Ledger, out: Path) -> None:
    path = "key_unit/土壤污染重点监管单位_2024.xls"
    rows: list[list[str | float | None]] = [["序号", "单位名称", "统一社会信用代码", "土壤污染监管"]]
    seen = dict.fromkeys(site.credit_code for site in world.active if site.handles_listed)
    by_code = {site.credit_code: site for site in reversed(world.active)}
    for number, code in enumerate(list(seen)[:20], 1):
        rows.append([float(number), by_code[code].name, code, "√"])
        ledger.count(path).read += 1
    _put(out, path, compound.xls_workbook("名录", rows))


def _encodings(ledger: Ledger, out: Path) -> None:
    """GBK in a file whose name says UTF-8: read by its bytes, not by its name."""
    table = Table(ledger, "monitoring/手工监测_202506_UTF8.csv", "", LONG)
    for number, name in enumerate(("苯", "甲苯", "苯乙烯", "氯乙烯")):
        table.add(["A01", "2025-06-19 10:00", name, f"{1.1 + number:g}", "μg/m3", "0.3", "HJ 644-2013"])
    write_csv(out, table, "gb18030")
    table = Table(ledger, "monitoring/手工监测_202511_UTF16.csv", "", LONG)
    for number, name in enumerate(("苯", "甲苯", "苯乙烯")):
        table.add(["A02", "2025-11-19 10:00", name, f"{0.9 + number:g}", "μg/m3", "0.3", "HJ 644-2013"])
    table.duplicate(table.add(["A01", "2025-06-19 10:00", "苯", "1.1", "μg/m3", "0.3", "HJ 644-2013"]))
    write_csv(out, table, "utf-16")


def _copies(ledger: Ledger, out: Path) -> None:
    """The same file under a second name: every record of the copy is an exact duplicate."""
    path, copy = "monitoring/手工监测_202503.csv", "monitoring/手工监测_202503_副本.csv"
    _put(out, copy, (out / path).read_bytes())
    count = ledger.count(copy)
    count.read = count.skipped = ledger.count(path).read
    count.status = "duplicate"
    ledger.note_spoilt(copy, "", 0, "", "same bytes as another file", "SKIP-DUPLICATE", "skipped", count.read)


def _conflict(world: World, ledger: Ledger, out: Path) -> list[str]:
    """Two files that disagree on a permit; the decision that names the winner, so that the newer record counts."""
    spoilt = {(entry[0], entry[2]) for entry in ledger.spoilt}
    first = "permit/排污单位基本信息.xlsx"
    sites = world.those("permit")
    number = next(i for i, site in enumerate(sites) if (first, i + 4) not in spoilt and site.status == "operating")
    site = sites[number]
    longitude, latitude = site.degrees
    path = "permit/排污单位基本信息_更正.xlsx"
    table = Table(ledger, path, "更正", SITE_HEADER, [["排污单位基本信息更正（演示数据，虚构）"]], two_rows=True)
    table.add([
        site.permit_no, site.name, site.credit_code, f"{site.kind.industry_code} {site.kind.industry_name}",
        "更正后的地址（虚构）", round(longitude, 6), round(latitude, 6), names.PARK_NAMES.get(site.park_id, ""),
        "2025-01-01至2029-12-31", "重点管理", "有效",
    ])  # fmt: skip
    write_workbook(out, path, [table])
    ledger.count(first).quarantined += 1
    ledger.note_spoilt(first, "排污单位基本信息", number + 4, "", "loses by decision D-W01", "DUP-DIFF", "quarantined")
    ledger.fact("winner_decision", decision_id="D-W01", raw_table="permit_site", key=f"{site.permit_no}|", winner=path)
    return ["D-W01", "winner", f"permit_site:{site.permit_no}|", path]


def _decisions(world: World, ledger: Ledger, out: Path, winner: list[str]) -> None:
    path = "decisions/决定_2026.csv"
    table = Table(ledger, path, "", DECISION)
    day, office = "2026-02-20", "数据管理岗"
    table.add([*winner, office, day, "以更正表为准", ""])
    for number, site in enumerate((s for s in world.sites if s.old_code and "census" in s.sources), 1):
        key = f"census:{site.old_code}"
        table.add([f"D-M{number:02d}", "merge", key, site.enterprise_id, office, day, "同一企业换码", "2027-12-31"])
    table.add(["D-F01", "freeze", "grading.hl_cut_1", "7.9", office, day, "首次运行后冻结（演示）", ""])
    if world.is_hostile:
        _wrong_decisions(table, day, office)
    write_csv(out, table, "utf-8", line_end="\n")


def _wrong_decisions(table: Table, day: str, office: str) -> None:
    row = table.add(["D-X01", "abolish", "permit_site:1", "x", office, day, "未知类型", ""])
    table.spoil(row, "", None, "DECISION-KIND", "unknown kind of decision")
    row = table.add(["D-X02", "exclude", "permit/没有这个文件.xlsx", "", office, day, "对象不存在", ""])
    table.spoil(row, "", None, "DECISION-OBJECT", "its object does not exist")
    for number, (one, other) in enumerate((("9X1", "9X2"), ("9X2", "9X1")), 1):
        row = table.add([f"D-C{number:02d}", "merge", f"census:{one}", other, office, day, "互相合并", ""])
        table.spoil(row, "", None, "DECISION-CYCLE", "merges form a cycle")
