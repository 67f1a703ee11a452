"""What the sheet says of a cell beside its text: shown otherwise, merged, the unit or the sign of its row.

A cell with such a note is its text, then for each note a private letter, the kind of note and what it says; the layout
writes them, :func:`read_noted` takes them apart, and everything that is stored or printed shows the bare text.

Belongs here: the notation and what each note does to a value. Does not belong here: finding notes in a sheet
(``layout``), number formats (``readers``), parsers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy

from ehpilot.landing.sql import literal
from ehpilot.landing.values.cell_value import NUMERIC_KINDS, CellValue, Rules, compact, shown

NOTE = "\ue010"  # private use, never in a file
SHOWN, SCALED, DATED, MERGED, DAY_1904, UNIT, SIGN = "s", "x", "D", "m", "d", "u", "q"
_SHOWN_KINDS = frozenset(("text", "name", "permit_no", "credit_code", "period", "pollutant", "unit"))
_DATE_KINDS = frozenset(("date", "timestamp", "period", "date_range_start", "date_range_end"))
_NOT_DETECTED = frozenset(
    ("未检出", "未检测出", "nd", "n.d.", "n.d", "低于检出限", "小于检出限", "检出限以下", "<dl", "<mdl", "<lod", "bdl",
     "l", "u", "否", "未", "不检出", "没检出", "n", "no", "false", "阴性", "-", "—", "×", "0")
)  # fmt: skip
_DETECTED = frozenset(
    ("检出", "已检出", "有检出", "是", "=", "==", "√", "有", "y", "yes", "true", "阳性", "正常", "d", "detected", "1",
     "合格", "达标")
)  # fmt: skip
_BELOW = frozenset(("<", "≤", "<=", "≦", "小于", "低于"))
_ABOVE = frozenset((">", "≥", ">=", "≧", "大于", "高于"))
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?")
DAYS_1904 = 1462  # between the day numbers of the two systems


def note(kind: str, says: str = "") -> str:
    """The note to be put behind a cell's text."""
    return f"{NOTE}{kind}{says}"


def bare(text: str) -> str:
    """A cell's text without notes."""
    return text.split(NOTE, 1)[0]


def bare_sql(expression: str) -> str:
    """SQL: a cell's text without notes; null where nothing but notes stands there."""
    return f"nullif(split_part({expression}, {literal(NOTE)}, 1), '')"


def noted_sql(cell: str, unit: str | None, sign: str | None) -> str:
    """SQL: a cell with the unit and the sign that stand in other cells of its row."""
    notes = []
    for kind, beside in ((UNIT, unit), (SIGN, sign)):
        if beside is not None:
            notes.append(f"coalesce({literal(note(kind))} || nullif(trim({beside}), ''), '')")
    present = f"case when trim({cell}) <> '' then {cell} || {' || '.join(notes)}"
    if sign is None:
        return f"{present} end"
    return f"{present} when trim({sign}) <> '' then {notes[-1]} end"


def read_noted(text: str, rules: Rules, parser: Callable[[str, Rules], CellValue]) -> CellValue:
    """Read a text with notes by the parser of its kind."""
    plain, *rest = text.split(NOTE)
    notes = {piece[0]: piece[1:] for piece in rest if piece}
    if MERGED in notes:
        return CellValue(flag="MERGED-AMOUNT")
    if rules.kind in _SHOWN_KINDS and (found := _as_shown(plain, notes, rules, parser)) is not None:
        return found
    if DAY_1904 in notes and rules.kind in _DATE_KINDS and _SERIAL.fullmatch(plain):
        days, _, fraction = plain.partition(".")
        plain = f"{int(days) + DAYS_1904}{'.' + fraction if fraction else ''}"
    if rules.kind in NUMERIC_KINDS and SCALED in notes:
        told = f"{shown(plain)}在表中按数字格式显示为{shown(notes[SCALED])}，不能确定其单位"
        return CellValue(error="UNIT-UNKNOWN", message=told)
    unit = notes.get(UNIT, "")
    if unit and not rules.is_missing(unit):
        rules = copy(rules)
        rules.row_unit = unit.strip()
    if SIGN in notes:
        return _signed(plain, notes[SIGN], rules, parser)
    return parser(plain, rules)


def _as_shown(
    plain: str, notes: dict[str, str], rules: Rules, parser: Callable[[str, Rules], CellValue]
) -> CellValue | None:
    """A key as a person sees it; a date where a key should be is told in one case only: without a year."""
    if DATED in notes:
        if not rules.is_key or rules.kind == "period":
            return None
        told = f"{shown(notes[DATED] or plain)}是日期：编号被Excel改成了日期，无法还原，请以文本格式重新填写"
        return CellValue(error="KEY-DATE", message=told)
    seen = notes.get(SHOWN) or notes.get(SCALED)
    if not seen:
        return None
    found = parser(seen, rules)
    return found if found.flag or found.error or found.value is None else found._replace(flag="SHOWN-AS")


def _signed(plain: str, sign: str, rules: Rules, parser: Callable[[str, Rules], CellValue]) -> CellValue:
    """A number whose sign, or whether it was detected, stands in a column of its own."""
    word = compact(sign).lower()
    if not word or word in _DETECTED:
        return parser(plain, rules)
    value = parser(plain, rules)
    if value.error or value.qualifier:
        return value
    if word in _NOT_DETECTED or word in _BELOW:
        if rules.kind != "measurement":
            return CellValue(error="NUMBER-RANGE", message=f"{shown(plain)}旁注明{shown(sign)}，本列要求确定的数值")
        qualifier = "<" if word in _BELOW and value.value is not None else "ND"
        return CellValue(qualifier=qualifier, limit=value.value, unit=value.unit)
    if word in _ABOVE and rules.kind == "measurement" and value.value is not None:
        return CellValue(qualifier="≥", limit=value.value, unit=value.unit)
    return CellValue(error="NUMBER", message=f"{shown(plain)}旁的{shown(sign)}不是已知的符号或检出情况")
