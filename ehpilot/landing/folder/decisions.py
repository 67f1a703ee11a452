"""Decisions of clerks: ``decisions/*.csv`` in the landing folder, read before anything else.

Belongs here: the closed list of kinds, what a decision's object must be, cycles of merges, expiry, and the decisions
that the intake itself follows (winner, exclude, supersede).
Does not belong here: decisions that models follow (merge, split, share, freeze, rating): they are passed on as
``intake.decision``; objects that are rows of marts are looked for there, the parameter of a freeze here.
"""

from __future__ import annotations

import csv
import datetime
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ehpilot.landing.books.accounting import Refusal
from ehpilot.landing.readers.container import open_bytes
from ehpilot.profile import declared_parameters, nearest_parameter

FOLDER = "decisions"
COLUMNS = ("decision_id", "kind", "object", "value", "role", "date", "reason", "valid_until")
KINDS = ("merge", "split", "winner", "share", "exclude", "supersede", "freeze", "rating")
REQUIRED = ("decision_id", "kind", "object")
NEEDS_VALUE = ("merge", "split", "winner", "share", "freeze", "rating")


@dataclass(frozen=True)
class Decision:
    """One row of a decisions file. ``valid_until`` is the last day on which it holds."""

    decision_id: str
    kind: str
    object_id: str
    decided: str
    role: str
    decided_at: datetime.date | None
    reason: str
    valid_until: datetime.date | None
    file_no: int
    row_number: int

    def holds(self, as_of: datetime.date | None) -> bool:
        """False once it has expired; with no as-of date nothing has."""
        return self.valid_until is None or as_of is None or as_of <= self.valid_until


@dataclass
class DecisionFile:
    """What one decisions file holds: good rows, rows refused, rows skipped (number, reason), records read."""

    decisions: list[Decision] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    read: int = 0
    unmapped: list[str] = field(default_factory=list)
    error: tuple[str, str] | None = None


def used_at_intake(decisions: Iterable[Decision], unused_winners: Iterable[str], paths: Iterable[str]) -> list[str]:
    """Ids of the decisions that the intake followed: winners that settled a conflict, files excluded or superseded.

    Args:
        decisions: those that hold.
        unused_winners: objects of winner decisions that met no conflict.
        paths: paths of all files of the landing folder.
    """
    idle, known = set(unused_winners), set(paths)
    used = []
    for decision in decisions:
        is_winner = decision.kind == "winner" and decision.object_id not in idle
        is_file = decision.kind in ("exclude", "supersede") and decision.object_id in known
        if is_winner or is_file:
            used.append(decision.decision_id)
    return used


def read_decisions(path: Path, file_no: int, encoding: str | None, is_gzip: bool = False) -> DecisionFile:
    """Read one file. ``row_number`` counts records of the csv with the header as 1, blank lines included.

    A file without the header is refused as a whole (``error`` = code and message).
    """
    result = DecisionFile()
    try:
        with open_bytes(path, is_gzip) as stream:
            text = stream.read().decode(encoding or "utf-8-sig").removeprefix("\ufeff")
    except UnicodeDecodeError:
        result.error = ("ENCODING", "决定文件须为UTF-8编码 / the decisions file is not UTF-8")
        return result
    rows = list(csv.reader(io.StringIO(text, newline="")))
    start = next((i for i, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    header = [cell.strip().lower() for cell in rows[start]] if start is not None else []
    missing = [name for name in REQUIRED if name not in header]
    if start is None or missing:
        result.error = ("NO-HEADER", f"缺少表头列 {', '.join(missing)}；应为 {','.join(COLUMNS)}")
        return result
    result.unmapped = [name for name in header if name and name not in COLUMNS]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    for index in range(start + 1, len(rows)):
        _read_row(result, header, rows[index], file_no, index + 1)
    return result


def _read_row(result: DecisionFile, header: list[str], row: list[str], file_no: int, number: int) -> None:
    result.read += 1
    if not any(cell.strip() for cell in row):
        result.skipped.append((number, "SKIP-BLANK"))
        return
    if [cell.strip().lower() for cell in row] == header:
        result.skipped.append((number, "SKIP-HEADER"))
        return

    def refuse(code: str, name: str, message: str) -> None:
        value = cells.get(name, "") if name else ",".join(row)
        result.refusals.append(Refusal(file_no, "", number, code, message, value, "", name))

    cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
    if len(row) < len(header) or any(cell.strip() for cell in row[len(header) :]):
        refuse("FIELD-COUNT", "", f"应有{len(header)}列，实际{len(row)}列")
        return
    before = len(result.refusals)
    for name in REQUIRED:
        if not cells.get(name):
            refuse("REQUIRED-EMPTY", name, f"{name} 不能为空")
    kind = cells.get("kind", "").lower()
    if kind and kind not in KINDS:
        refuse("DECISION-KIND", "kind", f"未知的决定类型“{kind}”，可用：{', '.join(KINDS)}")
    if kind in NEEDS_VALUE and not cells.get("value"):
        refuse("REQUIRED-EMPTY", "value", f"{kind} 决定必须写明 value")
    if kind == "freeze" and cells.get("value") and not _is_number(cells["value"]):
        refuse("NUMBER", "value", f"“{cells['value']}”不是数字，freeze 决定的 value 须为数字")
    dates: dict[str, datetime.date | None] = {}
    for name in ("date", "valid_until"):
        try:
            dates[name] = parse_day(cells.get(name, ""))
        except ValueError:
            refuse("DATE", name, f"“{cells[name]}”不是日期，请写成 2025-03-31")
    if len(result.refusals) == before:
        result.decisions.append(
            Decision(
                cells["decision_id"],
                kind,
                cells["object"],
                cells.get("value", ""),
                cells.get("role", ""),
                dates["date"],
                cells.get("reason", ""),
                dates["valid_until"],
                file_no,
                number,
            )
        )


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def parse_day(text: str) -> datetime.date | None:
    """A day as clerks write it (2025-03-31, 2025/3/31, 20250331, 2025年3月31日); None for blank; ValueError else."""
    plain = text.strip().rstrip("日").translate(str.maketrans("年月/.", "----"))
    if not plain:
        return None
    if plain.isdigit() and len(plain) == 8:
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    year, month, day = (int(step) for step in plain.split("-"))
    return datetime.date(year, month, day)


def same_ids(decisions: Sequence[Decision]) -> tuple[list[Decision], list[Decision], list[Decision]]:
    """Split by decision_id: (kept, exact duplicates of a kept one, conflicting ones, of which none is kept)."""
    groups: dict[str, list[Decision]] = {}
    for decision in decisions:
        groups.setdefault(decision.decision_id, []).append(decision)
    kept, duplicates, conflicts = [], [], []
    for group in groups.values():
        contents = {(d.kind, d.object_id, d.decided, d.role, d.decided_at, d.reason, d.valid_until) for d in group}
        if len(contents) > 1:
            conflicts += group
        else:
            kept.append(group[0])
            duplicates += group[1:]
    return kept, duplicates, conflicts


def merge_cycles(decisions: Sequence[Decision]) -> set[str]:
    """Ids of merges that lead back to themselves (a into b, b into a): none of them can be followed.

    A merge's object is ``source:key``; its value is the enterprise_id it becomes, which may itself be the key of
    another.
    """
    edges: dict[str, list[tuple[str, str]]] = {}
    for decision in decisions:
        if decision.kind == "merge":
            start = decision.object_id.split(":", 1)[-1].strip()
            edges.setdefault(start, []).append((decision.decided.strip(), decision.decision_id))
    found: set[str] = set()
    for start in edges:
        for target, decision_id in edges[start]:
            if target != start and start in _reachable(target, edges):
                found.add(decision_id)
    return found


def _reachable(start: str, edges: dict[str, list[tuple[str, str]]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        node = waiting.pop()
        for target, _ in edges.get(node, []):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def object_fault(decision: Decision, paths: set[str], raw_tables: set[str], sources: set[str]) -> str | None:
    """Why the object of a decision does not exist, as far as the intake can know; None when nothing is wrong."""
    if decision.kind in ("exclude", "supersede") and decision.object_id not in paths:
        return f"没有文件“{decision.object_id}”（应为 landing 下的相对路径）"
    if decision.kind == "freeze" and decision.object_id not in declared_parameters():
        near = nearest_parameter(decision.object_id)
        return f"没有参数“{decision.object_id}”，最接近的是“{near}” / no such parameter, the nearest one is {near}"
    if decision.kind == "winner":
        table, colon, key = decision.object_id.partition(":")
        if table not in raw_tables or not colon or not key:
            return f"“{decision.object_id}”应为 原始表:业务键，没有原始表“{table}”"
        if decision.decided not in paths:
            return f"没有文件“{decision.decided}”"
    if decision.kind in ("merge", "split"):
        source, colon, key = decision.object_id.partition(":")
        if source not in sources or not colon or not key:
            return f"“{decision.object_id}”应为 来源:键，没有来源“{source}”"
    return None
