"""What a parser of one cell gives back, and the text handling that all parsers share.

Belongs here: the result of reading one text, the marks that stand for "no value", normal forms of texts, HTML cells.
Does not belong here: any kind of value (numbers, dates, coordinates, codes … have a module each).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

DASH_MARKS = ("/", "\\", "-", "--", "---", "—", "——", "———", "－", "－－", "–", "…", "……", "*", "**")
NUMBER_MARKS = (
    "nan",
    "na",
    "n/a",
    "#n/a",
    "null",
    "none",
    "nil",
    "无",
    "无数据",
    "缺测",
    "缺失",
    "空",
    "未测",
    "未监测",
    "停运",
)
CODE_MARKS = ("无", "na", "n/a", "null", "none", "不详", "暂无", "未知", "无代码")
SENTINEL_NUMBERS = (-99.0, -999.0, -9999.0)  # instruments' marks for "no value"

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef\x00-\x08\x0b\x0c\x0e-\x1f]"
)
_BRACKETS = str.maketrans("【】〔〕[]{}﹙﹚", "()()()()()")
_TAG = re.compile(r"<[^<>]*>")
_ORIGINAL = re.compile(r"""title\s*=\s*(['"])\s*(?:原始值|原值)\s*[:：]?\s*(.*?)\s*\1""", re.S)


class CellValue(NamedTuple):
    """One text read. ``error`` set: the record is quarantined with ``message``; ``flag`` set: loaded with this reason
    code.
    """

    value: Any = None
    qualifier: str = ""
    limit: float | None = None
    unit: str = ""
    flag: str = ""
    error: str = ""
    message: str = ""


NOTHING = CellValue()
MISSING = CellValue(flag="MISSING-MARK")


class Rules:
    """The options of ``parse_distinct`` as typed attributes (names as in ``kinds``)."""

    def __init__(self, kind: str, options: Mapping[str, Any] | None = None) -> None:
        given = dict(options or {})
        self.kind = kind
        self.options = given
        self.minimum: float | None = given.get("minimum")
        self.maximum: float | None = given.get("maximum", 1e9 if kind == "measurement" else None)
        self.unit: str | None = given.get("unit")
        self.unit_in_cell = bool(given.get("unit_in_cell", False))
        self.unit_beside = bool(given.get("unit_beside", False))
        self.header_unit: str | None = given.get("header_unit")
        self.unit_aliases: Mapping[str, str] = given.get("unit_aliases") or {}
        self.unit_conversions: Mapping[str, tuple[str, str, float]] = given.get("unit_conversions") or {}
        self.pollutant_aliases: Mapping[str, str] = given.get("pollutant_aliases") or {}
        self.ambiguous_pollutants: Mapping[str, str] = given.get("ambiguous_pollutants") or {}
        self.accept: str | None = given.get("accept")
        self.hour_ending = bool(given.get("hour_ending", False))
        self.date_order: str = given.get("date_order", "ymd")
        self.day_unsaid: str | None = given.get("day_unsaid")
        self.base_year: int | None = given.get("base_year")
        self.one_date = bool(given.get("one_date", False))
        self.range: str | None = given.get("range")
        self.bound: str | None = given.get("bound")
        self.fraction = bool(given.get("fraction", False))
        self.bare_share = bool(given.get("bare_share", False))
        self.assume = {compact(str(k)): float(v) for k, v in (given.get("assume") or {}).items()}
        self.html: str | None = given.get("html")
        self.scale: float | None = given.get("scale")
        self.row_unit = ""  # of a column beside the number: see ``beside``
        self.is_key = bool(given.get("is_key", False))
        self.time_zone: str | None = given.get("time_zone")
        self.bounds: tuple[float, float, float, float] | None = given.get("bounds")

    @cached_property
    def extra_marks(self) -> frozenset[str]:
        """Missing marks of the form, as compact lower-case text."""
        return frozenset(compact(str(m)).lower() for m in self.options.get("missing_marks") or ())

    @cached_property
    def extra_numbers(self) -> tuple[float, ...]:
        """Those missing marks of the form that are numbers: compared as numbers, so that -1 meets -1.0."""
        numbers = []
        for mark in self.extra_marks:
            try:
                numbers.append(float(mark))
            except ValueError:
                continue
        return tuple(n for n in numbers if n == n)

    @cached_property
    def marks(self) -> frozenset[str]:
        """All texts (compact, lower case) that mean "no value" for this kind."""
        marks = {compact(mark) for mark in DASH_MARKS} | self.extra_marks  # NFKC makes three points of …
        if self.kind in NUMERIC_KINDS:
            marks |= set(NUMBER_MARKS)
        elif self.kind in CODE_KINDS:
            marks |= set(CODE_MARKS)
        return frozenset(marks)

    def is_missing(self, text: str) -> bool:
        """True if the text is a mark for "no value"."""
        return compact(text).lower() in self.marks


NUMERIC_KINDS = frozenset(
    ("number", "integer", "percent", "measurement", "longitude", "latitude", "date", "timestamp", "period",
     "date_range_start", "date_range_end")
)  # fmt: skip
CODE_KINDS = frozenset(("credit_code", "permit_no", "cas_no", "crs"))


def visible(text: str) -> str:
    """The text without control and zero-width characters, trimmed of blanks of any width."""
    return _INVISIBLE.sub("", text).strip()


def compact(text: str) -> str:
    """NFKC, without any blanks and line breaks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)))


def normalise_text(text: str) -> str:
    """The form in which headers, aliases and units are compared: NFKC, lower case, no blanks, every bracket ``( )``."""
    return compact(text).lower().translate(_BRACKETS)


def shown(text: str, limit: int = 40) -> str:
    """A text inside a message for clerks: quoted, shortened, line breaks as blanks."""
    line = re.sub(r"\s+", " ", text).strip()
    return f"“{line if len(line) <= limit else line[: limit - 1] + '…'}”"


def plain_text(text: str, mode: str | None = None) -> str:
    """An HTML cell as text: the 原始值 of its ``title`` if there is one and ``mode`` is not ``text``, else without
    tags.
    """
    if "<" not in text or ">" not in text:
        return text
    original = _ORIGINAL.search(text) if mode != "text" else None
    if original:
        return html.unescape(original[2])
    return html.unescape(_TAG.sub("", text)).strip()
