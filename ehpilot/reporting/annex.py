"""The evidence annex that ends every document: what it was made from, and what is known to be wrong or missing.

Does not belong here: reading the meta tables (``edition``), the body of the document (``document``).
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ehpilot.reading import edition as reading
from ehpilot.reporting import edition as head
from ehpilot.reporting.markdown import inert, plain_table
from ehpilot.reporting.numbers import chinese_date

if TYPE_CHECKING:
    from ehpilot.reporting.view import Document

_ENGLISH_TAIL = re.compile(r" / [\x20-\x7e]+$")
_ENGLISH_WORDS = re.compile(r"(?<=[\u4e00-\u9fff]) / (?:[a-z]+ )+(?=\S)")
_NUMBER = re.compile(r"^## （.）", re.MULTILINE)
_COUNTS = ("records_read", "records_loaded", "records_quarantined", "records_skipped")


def evidence(document: Document, engine: str, short: bool = False) -> str:
    """Markdown of the annex; ``short`` (annex documents that outlive an edition) leaves out what names the build."""
    content = head.read_evidence(document.connection)
    parts = [_tables(document)]
    if not short:
        parts = [_record(document, engine), *parts, _files(document, content.files), _warnings(content.warnings)]
    parts += [_unverified(document, content.unverified), _gaps(document, content.gaps, short)]
    numbers = iter("一二三四五六")
    return _NUMBER.sub(lambda _: f"## （{next(numbers)}）", "\n\n".join(parts)) + "\n"


def _heading(text: str) -> str:
    return f"## {text}\n\n"


def _record(document: Document, engine: str) -> str:
    facts = document.facts
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


def _tables(document: Document) -> str:
    numbered = [item for item in document.printed if item["form"] in ("table", "record")]
    rows = [(f"表 {n}", item["title"], item["table"], item["rows"]) for n, item in enumerate(numbered, start=1)]
    title = _heading("（二）表与数据表对照")
    return title + (plain_table(["表号", "数据表名称", "数据表", "行数"], rows) if rows else "本文件没有编号表。\n")


def _files(document: Document, files: list[dict[str, Any]]) -> str:
    """Files by source with the accounting of their records; rejected records by reason below."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0] * (1 + len(_COUNTS)))
    for file in files:
        total = totals[str(file["path"]).split("/", 1)[0]]
        total[0] += 1
        for number, column in enumerate(_COUNTS, start=1):
            total[number] += int(file[column] or 0)
    rows = [(source, *counts) for source, counts in sorted(totals.items())]
    headers = ["来源", "文件数", "读取记录", "载入", "隔离", "跳过"]
    text = _heading("（三）来源文件与记录核算") + (plain_table(headers, rows) if rows else "没有来源文件。\n")
    labels = reading.code_labels(document.connection)
    rejected = head.read_evidence(document.connection).quarantine
    if rejected:
        listed = [
            (item["reason_code"], labels.get(("reason_code", item["reason_code"]), "—"), item["records"])
            for item in rejected
        ]
        text += "\n" + plain_table(["隔离原因代码", "原因", "记录数"], listed)
    return text


def _warnings(warnings: list[dict[str, Any]]) -> str:
    title = _heading("（四）数据质量检查未通过项")
    if not warnings:
        return title + "全部检查通过。\n"
    rows = [(item["gate"], item["check_name"], item["severity"], item["failing_rows"]) for item in warnings]
    return title + plain_table(["质量闸", "检查", "级别", "不符合行数"], rows)


def _unverified(document: Document, parameters: list[dict[str, Any]]) -> str:
    labels = reading.code_labels(document.connection)
    rows = [(p["parameter_id"], p["value"], p["unit"], p["source_ref"], p["verified"]) for p in parameters]
    rows += [(s.number, "—", "—", s.title, s.verified) for s in document.standards.unverified()]
    rows = [(*row[:4], labels.get(("verified", row[4]), row[4])) for row in rows]
    title = _heading("（五）未经核对的参数与引用文件")
    if not rows:
        return title + "所用参数与引用文件均已核对。\n"
    return title + plain_table(["参数或文件", "取值", "单位", "来源", "核对状态"], rows)


def _chinese(text: str | None) -> str:
    """A text of the edition that stands in two languages (“未采用 / not used”) in Chinese only."""
    return _ENGLISH_TAIL.sub("", text or "")


def _gaps(document: Document, gaps: list[dict[str, Any]], short: bool) -> str:
    title = _heading("（六）数据缺口")
    text = "\n".join(f"- {inert(gap)}" for gap in document.gaps)
    rows = (
        []
        if short
        else [
            (_ENGLISH_WORDS.sub(" ", gap["subject"]), _chinese(gap["missing"]), _chinese(gap["effect"])) for gap in gaps
        ]
    )
    if not rows and not text:
        return title + "没有登记缺口。\n"
    own = f"本文件涉及的缺口：\n\n{text}\n" if text else ""
    return title + own + ("\n" + plain_table(["对象", "缺少内容", "影响"], rows) if rows else "")
