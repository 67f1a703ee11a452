"""The evidence annex, a file of its own beside every document: what it was made from, and what is wrong or missing.

Its parts are values, from which its text and its workbook are written. The public form counts by kind: it has no name,
id, path or coordinate.

Does not belong here: reading the meta tables (``evidence``), which tables a document rests on (``lineage``), what it
printed (``printed``), the page of the document that points here (``evidence_page``), its .qmd file.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import duckdb

from ehpilot.reading import edition as reading
from ehpilot.reading.chinese import chinese, chinese_subject, chinese_unit, unit_text
from ehpilot.reading.edition import EditionInfo
from ehpilot.reading.gaps import NO_EFFECT, alike
from ehpilot.reading.gate_words import gate_label
from ehpilot.reporting.catalogue import Column, catalogue
from ehpilot.reporting.citations import Standard, Standards
from ehpilot.reporting.evidence import Evidence, read_evidence
from ehpilot.reporting.lineage import GAPS, SHARED, parents, rests_on, sources_of
from ehpilot.reporting.markdown import plain_table
from ehpilot.reporting.numbers import NOTHING, chinese_date, chinese_numeral, plain_number
from ehpilot.reporting.printed import Printed
from ehpilot.reporting.report_table import Cell, ReportTable

WORD = "_证据附录"  # of its file's name, behind that of the document
TITLE = "证据附录"  # behind the document's title
# Of many parameters of one kind (位置证据：邻近, 位置证据：相离) what tells them apart.
_MEMBER = re.compile(r"：.+$")
_COUNTS = ("records_read", "records_loaded", "records_quarantined", "records_skipped")
_NAMED_SUBJECTS = 6  # of one gap that are named one by one
_OWN = "own"  # a choice of the project's own: there is no text to check it against
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Part:
    """A table of the annex; ``empty`` is what it says without rows, ``note`` stands before it."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Row]
    empty: str
    note: str = ""

    def table(self) -> ReportTable:
        """As a sheet of the workbook."""
        columns = tuple(
            Column(f"c{place}", "BIGINT" if self.rows and isinstance(self.rows[0][place], int) else "VARCHAR", header)
            for place, header in enumerate(self.headers)
        )
        rows = tuple(tuple(Cell(_text(value), value) for value in row) for row in self.rows)
        notes = (self.note,) if self.note else ()
        gap = "" if rows else self.empty
        return ReportTable("", self.title, columns, tuple({} for _ in rows), rows, gap, notes)


class Annex:
    """The annex of a document that printed this from this edition."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, facts: EditionInfo, printed: Printed, engine: str = "",
        public: bool = False,
    ):  # fmt: skip
        self.facts, self.printed, self.engine, self.public = facts, printed, engine, public
        self._content, self._words = _read(connection)
        self._known = catalogue(connection)
        self._connection = connection

    def parts(self) -> list[Part]:
        """All of them in order."""
        return [self._record(), self._tables(), self._files(), self._left_out(), self._checks(), self._unverified(),
                self._own(), self._gaps()]  # fmt: skip

    def markdown(self) -> str:
        """A section a part."""
        return "\n\n".join(self._sections()) + "\n"

    def _sections(self) -> Iterator[str]:
        for number, part in enumerate(self.parts(), start=1):
            yield f"## （{chinese_numeral(number)}）{part.title}"
            if part.rows and part.note:
                yield part.note
            yield plain_table(part.headers, part.rows) if part.rows else part.empty

    # -- what both the annex and the page that points to it count

    def unverified(self) -> tuple[list[dict[str, Any]], list[Standard]]:
        """Parameters below the document's tables that nobody has compared with their source, and standards cited."""
        parameters = [item for item in self._used() if item["verified"] != _OWN]
        return parameters, list(Standards.load().unverified(self.printed.cited))

    def gaps(self) -> list[Row]:
        """Gaps that the document states itself, then those registered for what it rests on: kind, subject, what is
        missing, effect."""
        own = [("DOCUMENT", "本文件", gap.removeprefix("本期无数据："), None) for gap in self.printed.gaps]
        stated = set(self.printed.gaps)
        return own + [
            (str(gap["gap_id"]).split(":", 1)[0], self._subject(gap["subject"]), chinese(gap["missing"]),
             chinese(gap["effect"]))
            for gap in self._content.gaps
            if gap["effect"] != NO_EFFECT
            and self._concerns(gap["subject"], gap["about"]) and f"本期无数据：{chinese(gap['missing'])}" not in stated
        ]  # fmt: skip

    @property
    def registered_gaps(self) -> int:
        """Gaps that the whole edition has registered, but for tables of documents that have nothing to print."""
        return sum(not gap["subject"].startswith("report.") for gap in self._content.gaps)

    def alike_gaps(self, gaps: Sequence[Row] | None = None) -> list[Row]:
        """Gaps (all unless given) that say the same in one row: kind, objects, number of objects, what is missing,
        effect."""
        listed = self.gaps() if gaps is None else gaps
        said = ((str(subject), (self._word("gap_kind", str(kind)), *rest)) for kind, subject, *rest in listed)
        return [
            (kind, _subjects(subjects), len(subjects), missing, effect)
            for subjects, (kind, missing, effect) in alike(said)
        ]

    # -- parts

    def _word(self, code_set: str, code: str) -> str:
        return self._words.get((code_set, code), code)

    def _record(self) -> Part:
        facts = self.facts
        rows: list[Row] = [
            ("版次", f"第{facts.edition_no}版"),
            ("上一版次", f"第{facts.previous_edition}版" if facts.previous_edition else "无"),
            ("数据截止日", chinese_date(facts.as_of)),
        ]
        if not self.public:
            rows += [
                ("运行编号", facts.run_id), ("区域档案", facts.profile), ("输入文件校验值", facts.input_hash),
                ("程序版本", facts.code_version), ("渲染引擎", self.engine or _by_hand()),
            ]  # fmt: skip
        return Part("版次与运行记录", ("项目", "内容"), rows, "")

    def _tables(self) -> Part:
        numbered = iter(range(1, len(self.printed.tables) + 1))
        rows: list[Row] = [
            (f"表{next(numbered)}" if item.is_numbered else "不编号", item.title, item.table, item.rows)
            for item in sorted(self.printed.tables, key=lambda item: not item.is_numbered)
        ]
        if self.public:
            shown = [(row[0], row[1], row[3]) for row in rows]
            return Part("表与数据表对照", ("表号", "数据表", "行数"), shown, "本文件没有表。")
        headers = ("表号", "数据表", "数据表名称（查询用）", "行数")
        return Part("表与数据表对照", headers, rows, "本文件没有表。")

    def _files(self) -> Part:
        """Files in use by source with the accounting of their records, and files that could not be read."""
        totals: dict[str, list[int]] = defaultdict(lambda: [0] * (2 + len(_COUNTS)))
        for file in self._content.files:
            # A source that the words do not know is a folder of somebody's own.
            total = totals[file["source"] if ("source", file["source"]) in self._words else ""]
            if file["status"] == "current":
                counts = [int(file[column] or 0) for column in _COUNTS]
                total[:-1] = [one + more for one, more in zip(total, [1, *counts], strict=False)]
            total[-1] += file["status"] == "refused"
        rows = [(self._word("source", source), *counts) for source, counts in sorted(totals.items()) if source]
        rows += [("其他目录", *totals[""])] if "" in totals else []
        headers = ("来源", "有效文件", "读取记录", "载入", "隔离", "跳过", "未能读入的文件")
        return Part("来源文件与记录核算", headers, rows, "没有来源文件。")

    def _left_out(self) -> Part:
        rows = [(self._word("reason_code", item["reason_code"]), item["records"]) for item in self._content.quarantine]
        note = "未能读入的文件整份计为一条；一条记录有几个原因的，各计一次。"
        headers = ("原因", "记录数")
        return Part("未采用的记录", headers, sorted(rows, key=lambda row: -row[1]), "没有未采用的记录。", note)

    def _checks(self) -> Part:
        title, empty = "数据质量检查未通过项", "全部检查通过。"
        levels = [self._word("severity_of_check", item["severity"]) for item in self._content.warnings]
        if self.public:
            return Part(title, ("级别", "项数"), sorted(Counter(levels).items()), empty)
        rows = [
            (gate_label(item["gate"]), self._check(item), level, item["failing_rows"])
            for item, level in zip(self._content.warnings, levels, strict=True)
        ]
        return Part(title, ("环节", "检查内容", "级别", "不符合行数"), rows, empty)

    def _check(self, item: Mapping[str, Any]) -> str:
        """What is checked in words; of an edition that does not hold them, the name of the check."""
        table = str(item["check_name"]).rpartition(".")[0]
        subject = self._known.titles.get(table)
        words = str(item["message_cn"] or item["check_name"])
        return f"{subject}：{words}" if subject and item["message_cn"] else words

    def _unverified(self) -> Part:
        parameters, standards = self.unverified()
        title, empty = "未经核对的参数与引用文件", "所引参数与文件均已核对。"
        if self.public:
            counts = [("参数", len(parameters)), ("引用文件", len(standards))]
            return Part(title, ("种类", "项数"), [row for row in counts if row[1]], empty)
        rows: list[Row] = [
            (_name(item), plain_number(item["value"]), _unit(item["unit"]), self._cited(item["source_ref"]),
             self._word("verified", item["verified"]))
            for item in parameters
        ]  # fmt: skip
        rows += [(item.number, None, None, item.title, self._word("verified", item.verified)) for item in standards]
        return Part(title, ("参数或文件", "取值", "单位", "来源", "核对状态"), rows, empty)

    def _own(self) -> Part:
        own = [item for item in self._used() if item["verified"] == _OWN]
        title, empty = "本项目选定的参数", "没有本项目选定的参数。"
        if self.public:
            return Part(title, ("种类", "项数"), [("参数", len(own))] if own else [], empty)
        values: dict[tuple[str, str], list[str]] = defaultdict(list)  # bounds of one kind in one line
        for item in own:
            values[_MEMBER.sub("", _name(item)), _unit(item["unit"])].append(plain_number(item["value"]))
        rows = [(name, "、".join(found), unit) for (name, unit), found in values.items()]
        note = "下列参数由本项目选定，没有可以核对的出处；改动的，另出版次。"
        return Part(title, ("参数", "取值", "单位"), rows, empty, note)

    def _gaps(self) -> Part:
        title, empty, gaps = "数据缺口", "没有登记缺口。", self.gaps()
        if self.public:
            kinds = Counter(self._word("gap_kind", kind) for kind, *_ in gaps)
            return Part(title, ("缺口种类", "项数"), sorted(kinds.items()), empty)
        rows = self.alike_gaps()
        return Part(title, ("种类", "对象", "项数", "缺少内容", "影响"), rows, empty)

    # -- inside

    @cached_property
    def _above(self) -> frozenset[str]:
        """Tables that the document rests on."""
        return rests_on(self._connection, self.printed.looked_into, self.printed.document_id)

    @cached_property
    def _lists_gaps(self) -> bool:
        """True for a document that prints the gaps of the edition: all of them are its own."""
        known = parents(self._connection)
        printed = (table for table in self.printed.looked_into if not table.startswith(SHARED))
        return any(GAPS in {table, *known.get(table, ())} for table in printed)

    @cached_property
    def _about(self) -> frozenset[str]:
        """What a gap of this document may be about: its tables, their sources, itself."""
        sources = sources_of(self._connection)
        found = {f"source:{source}" for table in self._above for source in sources.get(table, ())}
        return self._above | found | {f"document:{self.printed.document_id}"}

    def _used(self) -> list[dict[str, Any]]:
        """Parameters that the document's tables rest on, once each; such as no table uses count for all."""
        above = self._above
        used = [p for p in self._content.unverified if p["used_by"] not in self._known.columns or p["used_by"] in above]
        return list({(p["parameter_id"], p["value"]): p for p in used}.values())

    def _cited(self, source: str | None) -> str:
        """A source as documents cite it; of an edition that does not say how, its Chinese part."""
        return self._content.cited.get(source or "") or chinese(source)

    def _concerns(self, subject: str, about: Sequence[str] | None) -> bool:
        """False for a missing table of another document, which its own annex states, and for a gap of what the document
        does not rest on; True for all of a document that rests on the list of gaps."""
        if subject.startswith("report."):
            return subject.partition(":")[0] in self.printed.looked_into
        return not about or self._lists_gaps or not self._about.isdisjoint(about)

    def _subject(self, subject: str) -> str:
        table = subject.partition(":")[0]
        return self._known.titles.get(table) or chinese_subject(subject)


@lru_cache(maxsize=1)
def _read(connection: duckdb.DuckDBPyConnection) -> tuple[Evidence, dict[tuple[str, str], str]]:
    """What all annexes of an edition print, and the Chinese words of its codes."""
    return read_evidence(connection), reading.code_labels(connection)


def _by_hand() -> str:
    """The Quarto that runs this cell without the press (``quarto render``): its version as it states it."""
    share = os.environ.get("QUARTO_SHARE_PATH", "")
    file = Path(share) / "version"
    version = file.read_text(encoding="utf-8").strip() if share and file.is_file() else ""
    return " ".join(word for word in ("Quarto", version, "（手工渲染）") if word)


def _subjects(subjects: Sequence[str]) -> str:
    """Objects of one gap: all of a few, of many the word they share, else the first."""
    if len(subjects) <= _NAMED_SUBJECTS:
        return "；".join(subjects)
    shared = {subject.partition(" ")[0] for subject in subjects}
    named = shared.pop() if len(shared) == 1 else "；".join(subjects[:_NAMED_SUBJECTS])
    return f"{named}等（逐项见版次数据的缺口表）"


def _name(parameter: Mapping[str, Any]) -> str:
    return str(parameter["label_cn"] or parameter["parameter_id"])


def _unit(unit: str | None) -> str:
    return unit_text(chinese_unit(unit))


def _text(value: Any) -> str:
    return NOTHING if value is None or value == "" else str(value)
