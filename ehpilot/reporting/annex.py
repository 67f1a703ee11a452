"""The evidence annex that ends every document: what it was made from, and what is known to be wrong or missing.

Does not belong here: reading the meta tables (``evidence``), which tables a document rests on (``lineage``), what it
printed (``printed``), its body (its .qmd file).
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.reading import edition as reading
from ehpilot.reading.edition import EditionInfo
from ehpilot.register import gate_label
from ehpilot.reporting.catalogue import catalogue
from ehpilot.reporting.citations import Standards
from ehpilot.reporting.evidence import Evidence, read_evidence
from ehpilot.reporting.lineage import rests_on
from ehpilot.reporting.markdown import inert, plain_table
from ehpilot.reporting.numbers import chinese_date, plain_number
from ehpilot.reporting.printed import Printed

_ENGLISH_TAIL = re.compile(r" / [\x20-\x7e]+$")
_ENGLISH_WORDS = re.compile(r"(?<=[\u4e00-\u9fff]) / [a-z]+(?: [a-z]+(?=[ :]))*:? ")
_NUMBER = re.compile(r"^## （.）", re.MULTILINE)
_COUNTS = ("records_read", "records_loaded", "records_quarantined", "records_skipped")
_UNITS = {"1": "", "a": "年", "d": "天", "share": ""}
_OWN = "own"  # a choice of the project's own: there is no text to check it against


@lru_cache(maxsize=1)
def _content(connection: duckdb.DuckDBPyConnection) -> tuple[Evidence, dict[tuple[str, str], str]]:
    """What all annexes of an edition print, and the Chinese words of its codes."""
    return read_evidence(connection), reading.code_labels(connection)


def annex(
    connection: duckdb.DuckDBPyConnection, facts: EditionInfo, printed: Printed, engine: str = "", short: bool = False,
    public: bool = False,
) -> str:  # fmt: skip
    """Markdown of the annex of a document that printed this from this edition.

    ``short`` (annex documents, of which there are many) leaves out what the document that they belong to prints as
    well: the build, its files and checks, the project's own choices, the edition's gaps. ``public``: gaps are counted
    by kind, as their words name enterprises and files.
    """
    content, _ = _content(connection)
    parts = [_tables(printed)]
    if not short:
        parts = [_record(facts, engine), *parts, _files(connection, content), _warnings(connection, content.warnings)]
    parts += [
        _unverified(connection, printed, content.unverified, short),
        _gap_counts(connection, printed, content.gaps) if public
        else _gaps(connection, printed, content.gaps, short),
    ]  # fmt: skip
    numbers = iter("一二三四五六")
    return _NUMBER.sub(lambda _: f"## （{next(numbers)}）", "\n\n".join(parts)) + "\n"


def _heading(text: str) -> str:
    return f"## {text}\n\n"


def _word(connection: duckdb.DuckDBPyConnection, code_set: str, code: str) -> str:
    return _content(connection)[1].get((code_set, code), code)


def _record(facts: EditionInfo, engine: str) -> str:
    rows = [
        ("版次", f"第{facts.edition_no}版"),
        ("运行编号", facts.run_id),
        ("数据截止日", chinese_date(facts.as_of)),
        ("区域档案", facts.profile),
        ("输入哈希", facts.input_hash),
        ("程序版本", facts.code_version),
        ("渲染引擎", engine or _by_hand()),
    ]
    return _heading("（一）版次与运行记录") + plain_table(["项目", "内容"], rows)


def _by_hand() -> str:
    """The Quarto that runs this cell without the press (``quarto render``): its version as it states it."""
    share = os.environ.get("QUARTO_SHARE_PATH", "")
    file = Path(share) / "version"
    version = file.read_text(encoding="utf-8").strip() if share and file.is_file() else ""
    return " ".join(word for word in ("Quarto", version, "（手工渲染）") if word)


def _tables(printed: Printed) -> str:
    numbered = [item for item in printed.tables if item.is_numbered]
    rows = [(f"表 {n}", item.title, item.table, item.rows) for n, item in enumerate(numbered, start=1)]
    rows += [("不编号", item.title, item.table, item.rows) for item in printed.tables if not item.is_numbered]
    title = _heading("（二）表与数据表对照")
    return title + (plain_table(["表号", "数据表名称", "数据表", "行数"], rows) if rows else "本文件没有表。\n")


def _files(connection: duckdb.DuckDBPyConnection, content: Evidence) -> str:
    """Files by source with the accounting of their records; rejected records by reason below."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0] * (1 + len(_COUNTS)))
    for file in content.files:
        total = totals[str(file["path"]).split("/", 1)[0]]
        total[0] += 1
        for number, column in enumerate(_COUNTS, start=1):
            total[number] += int(file[column] or 0)
    rows = [(_word(connection, "source", source), *counts) for source, counts in sorted(totals.items())]
    headers = ["来源", "文件数", "读取记录", "载入", "隔离", "跳过"]
    text = _heading("（三）来源文件与记录核算") + (plain_table(headers, rows) if rows else "没有来源文件。\n")
    if content.quarantine:
        listed = [
            (item["reason_code"], _content(connection)[1].get(("reason_code", item["reason_code"]), "—"),
             item["records"])
            for item in content.quarantine
        ]  # fmt: skip
        text += "\n" + plain_table(["隔离原因代码", "原因", "记录数"], listed)
    return text


def _warnings(connection: duckdb.DuckDBPyConnection, warnings: list[dict[str, Any]]) -> str:
    title = _heading("（四）数据质量检查未通过项")
    if not warnings:
        return title + "全部检查通过。\n"
    rows = [
        (gate_label(item["gate"]), item["check_name"],
         _word(connection, "severity_of_check", item["severity"]), item["failing_rows"])
        for item in warnings
    ]  # fmt: skip
    return title + plain_table(["质量闸", "检查编号", "级别", "不符合行数"], rows)


def _unverified(
    connection: duckdb.DuckDBPyConnection, printed: Printed, parameters: list[dict[str, Any]], short: bool
) -> str:
    """Parameters that the document's tables rest on and nobody has compared with their source; below, the project's
    own choices, which have none."""
    tables = catalogue(connection).columns
    above = rests_on(connection, printed.looked_into)
    used = [p for p in parameters if p["used_by"] not in tables or p["used_by"] in above]
    rows = [
        (p["parameter_id"], plain_number(p["value"]), _unit(p["unit"]), _chinese(p["source_ref"]),
         _word(connection, "verified", p["verified"]))
        for p in used if p["verified"] != _OWN
    ]  # fmt: skip
    rows += [(s.number, "—", "—", s.title, _word(connection, "verified", s.verified))
             for s in Standards.load().unverified(printed.cited)]  # fmt: skip
    text = _heading("（五）未经核对的参数与引用文件")
    headers = ["参数或文件", "取值", "单位", "来源", "核对状态"]
    text += plain_table(headers, rows) if rows else "所引参数与文件均已核对。\n"
    own = [(p["parameter_id"], _with_unit(p)) for p in used if p["verified"] == _OWN]
    if short or not own:
        return text
    half = (len(own) + 1) // 2
    pairs = [(*left, *right) for left, right in zip(own, [*own[half:], ("", "")], strict=False)]
    note = "下列参数由本项目选定，没有可以核对的出处；改动的，另出版次。\n\n"
    return f"{text}\n{note}" + plain_table(["参数", "取值"] * 2, pairs[:half], blank="")


def _unit(unit: str | None) -> str:
    return _UNITS.get(unit or "", unit or "")


def _with_unit(parameter: dict[str, Any]) -> str:
    return " ".join(part for part in (plain_number(parameter["value"]), _unit(parameter["unit"])) if part)


def _chinese(text: str | None) -> str:
    """A text of the edition that stands in two languages (“未采用 / not used”) in Chinese only."""
    return _ENGLISH_TAIL.sub("", text or "")


def _gaps(connection: duckdb.DuckDBPyConnection, printed: Printed, gaps: list[dict[str, Any]], short: bool) -> str:
    title = _heading("（六）数据缺口")
    text = "\n".join(f"- {inert(gap)}" for gap in printed.gaps)
    rows: Sequence[tuple[str, ...]] = ()
    if not short:
        known = catalogue(connection)
        rows = [(_subject(gap["subject"], known.titles), _chinese(gap["missing"]), _chinese(gap["effect"]))
                for gap in gaps if _concerns(gap["subject"], printed)]  # fmt: skip
    if not rows and not text:
        return title + "没有登记缺口。\n"
    own = f"本文件涉及的缺口：\n\n{text}\n" if text else ""
    return title + own + ("\n" + plain_table(["对象", "缺少内容", "影响"], rows) if rows else "")


def _gap_counts(connection: duckdb.DuckDBPyConnection, printed: Printed, gaps: list[dict[str, Any]]) -> str:
    """How many of each kind: the first part of a gap's id."""
    kinds = Counter(str(gap["gap_id"]).split(":", 1)[0] for gap in gaps if _concerns(gap["subject"], printed))
    title = _heading("（六）数据缺口")
    if not kinds:
        return title + "没有登记缺口。\n"
    rows = [(_word(connection, "gap_kind", kind), count) for kind, count in sorted(kinds.items())]
    return title + plain_table(["缺口种类", "项数"], rows)


def _concerns(subject: str, printed: Printed) -> bool:
    """False for a missing table of another document, which its own annex states."""
    return not subject.startswith("report.") or subject in printed.looked_into


def _subject(subject: str, titles: Any) -> str:
    return titles.get(subject) or _ENGLISH_WORDS.sub(" ", subject)
