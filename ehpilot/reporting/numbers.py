"""Printed values: rounding by GB/T 8170-2008 (half to even), Chinese words for yes, no and nothing.

A printed number is a cell of a table, rounded; nothing is computed here. Does not belong here: headers and units
(``tables``).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any

from ehpilot.reading.chinese import unit_text

WHOLE = 100  # percent
WHOLE_WITHIN = 1e-9  # percent; sums of shares miss the whole by less
SIGNIFICANT = 4  # printed digits of a measured number where its column declares no decimals
STATED, COMPUTED = 9, 6  # digits that a stated number has at most, and that are printed of a longer, computed one
NOTHING = "—"
_POWER = re.compile(r"(?<![\w.])-?\d(?:\.\d+)?e[+-]\d{2,}(?![\w.])")  # as programs write 1.93×10⁻⁵
_EXACT = Context(prec=700)  # digits that any double has, so that no rounding fails
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def round_half_even(value: float | Decimal, decimals: int) -> Decimal:
    """Round to ``decimals`` places, 四舍六入五成双, on the decimal digits that the number is written with.

    ``round_half_even(0.125, 2)`` → 0.12; ``round_half_even(2.675, 2)`` → 2.68 (binary rounding would give 2.67).
    """
    return Decimal(repr(value) if isinstance(value, float) else value).quantize(
        Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN, context=_EXACT
    )


def number_text(
    value: float, decimals: int | None = None, significant: int | None = None, is_share: bool = False
) -> str:
    """A number as printed: to declared ``decimals``, else to declared ``significant`` digits (304269 → 304000), else to
    four (integer digits are never cut then).

    Without ``decimals`` numbers below 0.001 or from ten million are written as 1.235×10⁻⁴. What is not zero is never
    printed as 0 but as <0.1, a negative one with its first digit (-0.04); of a share in percent (``is_share``) only the
    whole is 100, 99.98 is >99.9.
    """
    if math.isnan(value) or math.isinf(value):
        return NOTHING
    if value == 0:
        return f"{round_half_even(0.0, decimals or 0):f}"
    exponent = Decimal(repr(float(value))).adjusted()
    if decimals is None and (exponent < -3 or exponent >= 7):
        return _powered(value, exponent, significant or SIGNIFICANT)
    if decimals is not None:
        places = decimals
    else:
        places = (significant or SIGNIFICANT) - 1 - exponent
        places = places if significant else max(0, places)
    rounded, step = round_half_even(float(value), places), Decimal(1).scaleb(-places)
    if rounded == 0:
        return f"<{step:f}" if value > 0 else number_text(value, significant=1)
    if is_share and rounded == WHOLE and abs(value - WHOLE) > WHOLE_WITHIN:
        return f">{WHOLE - step:f}" if value < WHOLE else f">{WHOLE}"
    return f"{rounded:f}" if decimals is not None else _trim(rounded)


def _powered(value: float, exponent: int, significant: int) -> str:
    mantissa = round_half_even(Decimal(repr(float(value))).scaleb(-exponent), significant - 1)
    if abs(mantissa) >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    return f"{_trim(mantissa)}×10{str(exponent).translate(_SUPERSCRIPT)}"


def _trim(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell_text(value: Any, decimals: int | None = None, significant: int | None = None, is_share: bool = False) -> str:
    """Any cell as printed; null is ``—`` (no data), never 0 or empty. See :func:`number_text`."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float | Decimal):
        return number_text(float(value), decimals, significant, is_share)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, list):
        return "、".join(cell_text(item, decimals, significant, is_share) for item in value) or NOTHING
    return with_powers(str(value))


def with_powers(text: str) -> str:
    """Numbers within a text as they are printed: “1.93e-05–0.0002” → “1.93×10⁻⁵–0.0002”."""
    return _POWER.sub(lambda number: plain_number(number[0]), text)


def with_unit(text: str, unit: str) -> str:
    """A printed number with its unit in running text: a space before letters (51.9 t/a), none before 种, ° or %."""
    unit = unit_text(unit)
    return f"{text} {unit}" if unit[:1] == "μ" or (unit[:1].isascii() and unit[:1].isalpha()) else text + unit


def plain_number(text: str | None) -> str:
    """A number that stands in the edition as text (“80.0”, “24.465”) as printed, with all its digits: a parameter is
    not rounded. One of more than nine digits was computed and is printed with six. Any other text as it is, null as —.
    """
    if text is None:
        return NOTHING
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite():
        return NOTHING
    exponent = value.adjusted() if value else 0
    if len(value.normalize(_EXACT).as_tuple().digits) > STATED:
        value = round_half_even(value, COMPUTED - 1 - exponent)
        exponent = value.adjusted()
    if -4 < exponent < 7:
        return _trim(value)
    return f"{_trim(value.scaleb(-exponent))}×10{str(exponent).translate(_SUPERSCRIPT)}"


def chinese_numeral(number: int) -> str:
    """1 to 99 as headings count: 一, 十, 十一, 二十三."""
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens < 1 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")


def chinese_date(day: dt.date | None) -> str:
    """``2026年9月30日``; ``—`` without a date."""
    return f"{day.year}年{day.month}月{day.day}日" if day else NOTHING
