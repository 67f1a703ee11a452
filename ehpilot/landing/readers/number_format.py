"""Number formats of spreadsheets: what a person sees where a cell stores a number.

Belongs here: the codes of ECMA-376 part 1, 18.8.31 (the same in .xls) as far as identifiers, amounts and days need
them. Does not belong here: which cells have a format (``xlsx_xml``, ``excel``), what becomes of what is seen (values).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

# ECMA-376 part 1, 18.8.30: formats that a number stands for, those that show more than a number or less
BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
            22: "m/d/yyyy h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日",
            36: "yyyy年m月", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 50: "yyyy年m月", 51: "m月d日",
            52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "yyyy年m月", 56: "m月d日", 57: "yyyy年m月",
            58: "m月d日"}  # fmt: skip
_GENERAL = re.compile(r"General|G/通用格式|@", re.I)
_BRACKET = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]")
_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|_.|\*.|(General|G/通用格式)|([0#?])|(\.)|(,)|(%)|(E[+-])|(AM/PM|A/P|[ymdhse]+|a{3,4})|(.)',
    re.I | re.S,
)
_CONDITION = re.compile(r"\[[<>=]")


@dataclass(frozen=True)
class NumberFormat:
    """A format code. ``is_date``: it shows a day. ``scales``: by thousands. ``literal``: the text behind the number."""

    code: str
    is_date: bool = False
    has_year: bool = False
    has_day: bool = False
    scales: bool = False
    literal: str = ""

    @property
    def is_open(self) -> bool:
        """True for codes whose showing is not worked out here: percentages (read as such), powers, fractions."""
        return "%" in self.code or "E+" in self.code.upper() or "?/" in self.code or bool(_CONDITION.search(self.code))


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat | None:
    """The format of a code; None where a number is shown as it is stored."""
    if not code or _GENERAL.fullmatch(code):
        return None
    tokens = _tokens(_sections(code)[0])
    letters = "".join(text.lower() for kind, text in tokens if kind == "date")
    if letters and not any(kind == "digit" for kind, _ in tokens):
        has_day = "d" in letters
        return NumberFormat(code, True, "y" in letters or "e" in letters, has_day and "h" not in letters)
    last = max((index for index, (kind, _) in enumerate(tokens) if kind in ("digit", "general")), default=-1)
    scales = last >= 0 and last + 1 < len(tokens) and tokens[last + 1][0] == "comma"
    literal = "".join(text for kind, text in tokens[last + 1 :] if kind == "text").strip()
    return NumberFormat(code, scales=scales, literal=literal)


def seen_number(value: float, form: NumberFormat) -> str | None:
    """The text that a format shows for a number, without separators of thousands; None where it is not worked out."""
    if form.is_open or form.is_date:
        return None
    sections = _sections(form.code)
    index = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    tokens = _tokens(sections[index])
    number = abs(Decimal(repr(float(value))))
    sign = "-" if value < 0 and index == 0 else ""
    if any(kind == "general" for kind, _ in tokens):
        plain = f"{number.normalize():f}"
        texts = (plain if kind == "general" else text for kind, text in tokens if kind in ("general", "text"))
        return sign + "".join(texts)
    if not any(kind == "digit" for kind, _ in tokens):
        return "".join(text for kind, text in tokens if kind == "text") or None
    return sign + _placed(number, tokens)


def _placed(number: Decimal, tokens: list[tuple[str, str]]) -> str:
    """Digits put into their places, from the point to both sides."""
    point = next((index for index, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    last = max(index for index, (kind, _) in enumerate(tokens) if kind == "digit")
    commas = 0
    while last + 1 + commas < len(tokens) and tokens[last + 1 + commas][0] == "comma":
        commas += 1
    decimals = sum(1 for kind, _ in tokens[point:] if kind == "digit")
    rounded = (number / Decimal(1000) ** commas).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    before, after = tokens[:point], tokens[point:]
    digits = list(whole if whole != "0" else "")
    places = [index for index, (kind, _) in enumerate(before) if kind == "digit"]
    pieces = {}
    for index in reversed(places):
        mark = before[index][1]
        pieces[index] = digits.pop() if digits else "0" if mark == "0" else ""
        if index == places[0]:
            pieces[index] = "".join(digits) + pieces[index]
    left = "".join(pieces.get(index, "") if kind == "digit" else text if kind == "text" else ""
                   for index, (kind, text) in enumerate(before))  # fmt: skip
    shown, rest = "", list(fraction)
    for kind, text in after:
        if kind == "digit":
            shown += rest.pop(0) if rest else ""
            if text == "#" and not any(digit != "0" for digit in rest) and shown.endswith("0"):
                shown = shown[:-1]
        elif kind == "text":
            shown += text
        elif kind == "point" and decimals:
            shown += "."
    return left + shown


def month_and_day(serial: float, from_1904: bool) -> str:
    """``3-1`` for the first of March: how the key was typed that became a day."""
    epoch = datetime.date(1904, 1, 1) if from_1904 else datetime.date(1899, 12, 30)
    day = epoch + datetime.timedelta(days=int(serial))
    return f"{day.month}-{day.day}"


def _sections(code: str) -> list[str]:
    """The code's sections: positive, negative, zero; texts in quotes are not cut."""
    return [section for section in re.findall(r'(?:"[^"]*"|[\\!].|[^;])+', code)] or [code]


def _tokens(section: str) -> list[tuple[str, str]]:
    section = _BRACKET.sub(lambda match: f'"{match[1]}"' if match[1] else "", section)
    found = []
    for match in _TOKEN.finditer(section):
        quoted, escaped, general, digit, point, comma, percent, power, date, other = match.groups()
        if quoted is not None or escaped is not None:
            found.append(("text", quoted if quoted is not None else escaped))
        elif general:
            found.append(("general", general))
        elif digit:
            found.append(("digit", digit))
        elif point:
            found.append(("point", point))
        elif comma:
            found.append(("comma", comma))
        elif percent or power:
            found.append(("open", percent or power))
        elif date:
            found.append(("date", date))
        elif other:
            found.append(("text", other))
    return found
