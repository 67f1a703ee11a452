"""Numbers as laboratories, enterprises and portals write them.

Belongs here: plain numbers, powers of ten, thousands separators, detection limits (``<0.5``, ``0.5L``, ``ND``),
instrument flags, ranges, a unit in the cell, percentages. Does not belong here: dates and coordinates, conversion
between units beyond the declared one of the column, replacement of non-detects (``kernels.censored``).
"""

from __future__ import annotations

import math
import re
import unicodedata

from ehpilot.landing.values.cell_value import (
    MISSING,
    NOTHING,
    SENTINEL_NUMBERS,
    CellValue,
    Rules,
    compact,
    plain_text,
    shown,
    visible,
)
from ehpilot.landing.values.directions import read_direction
from ehpilot.landing.values.units import resolve_unit, stated_factor

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SUPERSCRIPT_POWER = re.compile(r"10([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?", re.I)
# a blank stands for thousands only where two numbers cannot be meant: 1 234.5, 1 234 567, never 120 135
_BLANK_GROUPS = r"\d{1,2}(?: \d{3})+\.\d+|\d{1,2}(?: \d{3}){2,}"
_MANTISSA = rf"[+-]?(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|{_BLANK_GROUPS}|\d+\.?\d*|\.\d+)"
_BROKEN = re.compile(r"[\d.,][^\S\r\n]*[\r\n]+\s*[<>≤≥+-]?[\d.]")  # two numbers on two lines
_THIN_BLANKS = re.compile(r"(?<=\d)[\u2009\u202f](?=\d{3}(?!\d))")
_POWER = r"(?:\s*(?:e([+-]?\d{1,3})|[×x*·✕]\s*10(?:\s*(?:\^|\*\*|e)?\s*\(?\s*([+-]?\d{1,3})\)?)))?"
_NUMBER = re.compile(rf"({_MANTISSA}){_POWER}\s*(万|亿)?\s*(.*)", re.I | re.S)
_BARE_POWER = re.compile(r"10\s*(?:\^|\*\*)\s*\(?([+-]?\d{1,3})\)?\s*(.*)", re.S)
_FRACTION = re.compile(r"(\d+)\s*/\s*([1-9]\d*)")
_RANGE = re.compile(r"(.+?)\s*(?:~|～|〜|至|到|—|–)\s*(.+)", re.S)
_HYPHEN_RANGE = re.compile(r"(.+?)(?<=[\d%])\s*-\s*(?=[\d.])(.+)", re.S)
_BROKEN_POWER = re.compile(r"[×x*·✕]\s*10$", re.I)  # 1.2×10 | -3 mg/m3 is one number
_FLAGGED = re.compile(r"(.*?)\s*\(([A-Z][A-Za-z]{0,3})\)", re.S)
_BARE_FLAG = re.compile(r"([\d.]+)\s*([A-Z]|\*)", re.S)
_LIMIT_MARK = re.compile(r"(?<=[\d.)])\s*\(?L\)?\s*$", re.I)  # <0.5L; the L of <0.5 mg/L is no such mark
_MARK_BEFORE_UNIT = re.compile(r"(?:/|\\|-{1,3}|[—–]{1,3}|无)\s*(?=[^\d\s.])")
_BELOW_LIMIT = re.compile(rf"({_MANTISSA}{_POWER})\s*\(?L\)?", re.I)
_NOT_DETECTED = re.compile(
    r"(?:n\.?d\.?|未检出|未检测出|低于检出限|小于检出限|<\s*(?:dl|lod|mdl|检出限)|bdl|检出限以下)"
    r"\s*[(:<]?\s*(?:<|检出限)?\s*[::]?\s*(.*?)\s*\)?", re.I | re.S,
)  # fmt: skip
_BOUNDS = (("<=", "≤"), ("≤", "≤"), ("≦", "≤"), ("不大于", "≤"), ("不高于", "≤"), ("不超过", "≤"),
           (">=", "≥"), ("≥", "≥"), ("≧", "≥"), ("不小于", "≥"), ("不低于", "≥"),
           ("<", "<"), ("小于", "<"), ("低于", "<"), (">", "≥"), ("大于", "≥"), ("高于", "≥"))  # fmt: skip


def parse_number(text: str, rules: Rules) -> CellValue:
    """Reads one cell of kind number, integer, percent or measurement.

    ``value`` is a float in the column's unit (None for non-detects and flagged values), ``limit`` the number of
    ``<0.5`` or
    ``0.5L``. Errors: NUMBER, NUMBER-RANGE, NUMBER-NEGATIVE, NUMBER-PHYSICAL, UNIT-UNKNOWN.
    """
    raw = plain_text(text, rules.html)
    if not visible(raw):
        return NOTHING
    if rules.is_missing(raw):
        return MISSING
    if rules.unit == "°" and (direction := read_direction(raw)) is not None:
        return direction
    if _BROKEN.search(visible(raw)):
        return CellValue(error="NUMBER", message=f"{shown(text)}含换行，一格中有两个数")
    body = _tidy(raw)
    if _PLAIN.fullmatch(body):
        return _finish(text, float(body), "", rules)
    special = _non_detect(text, body, rules) or _flagged(text, body, rules) or _bounded(text, body, rules)
    if special:
        return special
    if rules.fraction and (fraction := _FRACTION.fullmatch(body)):
        return _finish(text, int(fraction[1]) / int(fraction[2]), "", rules)
    if compact(raw) in rules.assume:
        return CellValue(value=rules.assume[compact(raw)], flag="ASSUMED")
    if _is_unit_without_number(body, rules):
        return MISSING
    number = _split(body)
    if number and not (number[1] and _is_range(body)):
        return _finish(text, number[0], number[1], rules, number[2])
    if re.match(r"\d{4}-\d{1,2}-\d{1,2}\b", body):
        return CellValue(error="NUMBER", message=f"{shown(text)}是日期，不是数字")
    if _is_range(body):
        return _range(text, body, rules)
    return CellValue(error="NUMBER", message=f"{shown(text)}不是数字")


def _is_unit_without_number(body: str, rules: Rules) -> bool:
    """``/mg/Nm3`` or ``—mg/m3``: a unit behind the mark for no limit."""
    mark = _MARK_BEFORE_UNIT.match(body)
    return mark is not None and resolve_unit(body[mark.end() :], rules.unit_aliases) is not None


def _tidy(text: str) -> str:
    """NFKC with superscript powers kept as powers, ASCII minus, trimmed."""
    text = _THIN_BLANKS.sub("", visible(text))
    text = _SUPERSCRIPT_POWER.sub(lambda m: "10^" + m[1].translate(_SUPERSCRIPTS), text)
    text = unicodedata.normalize("NFKC", text).replace("−", "-").replace("﹣", "-").replace("⁄", "/")
    return re.sub(r"\s+", " ", text).lstrip("'’‘`").strip()


def _split(body: str) -> tuple[float, str, float] | None:
    """Number, the text behind it (the unit), and what its 万 or 亿 stands for (else 1); None if it is no number."""
    bare = _BARE_POWER.fullmatch(body)
    if bare:
        return 10.0 ** int(bare[1]), bare[2].strip(), 1.0
    match = _NUMBER.fullmatch(body)
    if not match:
        return None
    mantissa, e_power, x_power, large, rest = match.groups()
    if rest[:1].isdigit() or rest[:1] in (",", ".", "。"):
        return None
    value = float(f"{mantissa.replace(',', '').replace(' ', '')}e{e_power or x_power or 0}")
    multiple = {"万": 1e4, "亿": 1e8}.get(large or "", 1.0)
    return value * multiple, rest.strip(), multiple


def _finish(text: str, value: float, unit_text: str, rules: Rules, multiple: float = 1.0) -> CellValue:
    """A number found: its unit, its place between minimum and maximum, the integer test.

    ``multiple`` is the 万 or 亿 that the cell says itself: under a header in 万元 it is the header's, said twice.
    """
    if math.isfinite(value) and value in (*SENTINEL_NUMBERS, *rules.extra_numbers) and not unit_text:
        return MISSING
    unit_text = unit_text or rules.row_unit
    if rules.bare_share and not unit_text and 0.0 < value <= 1.0:
        return CellValue(value=round(value * 100.0, 10), flag="ASSUMED")  # 0.95 where nobody wrote %: 95 %
    value, unit, error, message = _in_column_unit(text, value, unit_text, rules)
    if error:
        return CellValue(error=error, message=message)
    # The header's unit is not that of a cell with its own.
    if rules.scale is not None and not unit_text and rules.scale != multiple:
        value *= rules.scale
    error, message = _limits(text, value, rules)
    if error:
        return CellValue(error=error, message=message)
    if rules.kind == "integer":
        if abs(value) >= 2**53:
            return CellValue(error="NUMBER-PHYSICAL", message=f"{shown(text)}超出可能范围")
        if value != int(value):
            return CellValue(error="NUMBER", message=f"{shown(text)}不是整数")
        return CellValue(value=int(value), unit=unit)
    return CellValue(value=value, unit=unit)


def _in_column_unit(text: str, value: float, unit_text: str, rules: Rules) -> tuple[float, str, str, str]:
    """The value in the column's unit, the unit if it is asked for, or an error code with its message."""
    if not unit_text:
        if rules.header_unit:
            return value, "", "UNIT-UNKNOWN", f"表头单位{shown(rules.header_unit)}不能换算为本列单位{rules.unit or ''}"
        return value, "", "", ""
    if unit_text == "%":
        if rules.kind == "percent" or rules.unit == "%":
            return value, "", "", ""
        if rules.unit_in_cell or rules.unit_beside:
            return value, "%", "", ""
        return (value / 100.0, "", "", "") if rules.unit in (None, "1") else (value, "", *_unknown_unit(text, "%"))
    unit = resolve_unit(unit_text, rules.unit_aliases)
    if unit is None and rules.unit is not None and compact(unit_text) == compact(rules.unit):
        unit = rules.unit
    if unit is None:
        if re.search(r"[\d;；,，、]", compact(unit_text)[:1]) or not re.match(r"[^\W_]|[%‰°℃μµΩ(]", unit_text):
            return value, "", "NUMBER", f"{shown(text)}不是数字"
        return (value, "", *_unknown_unit(text, unit_text))
    if rules.unit_in_cell or rules.unit_beside:
        return value, unit, "", ""
    if rules.unit is None:
        return value, "", "", ""
    factor = stated_factor(unit, rules.unit, rules.unit_conversions)
    if factor is None:
        return value, "", "UNIT-UNKNOWN", f"{shown(text)}的单位{unit}不能换算为本列单位{rules.unit}"
    return value * factor, "", "", ""


def _unknown_unit(text: str, unit_text: str) -> tuple[str, str]:
    return "UNIT-UNKNOWN", f"{shown(text)}中的单位{shown(unit_text)}不在单位表中"


def _limits(text: str, value: float, rules: Rules) -> tuple[str, str]:
    """Error code and message if the value lies outside of what the column allows."""
    if not math.isfinite(value):
        return "NUMBER-PHYSICAL", f"{shown(text)}超出可能范围"
    if rules.minimum is not None and value < rules.minimum:
        if value < 0 <= rules.minimum:
            return "NUMBER-NEGATIVE", f"{shown(text)}为负数，本列不应为负"
        return "NUMBER-PHYSICAL", f"{shown(text)}小于最小可能值{rules.minimum:.15g}"
    if rules.maximum is not None and value > rules.maximum:
        return "NUMBER-PHYSICAL", f"{shown(text)}大于最大可能值{rules.maximum:.15g}"
    return "", ""


def _non_detect(text: str, body: str, rules: Rules) -> CellValue | None:
    """``ND``, ``未检出``, ``ND(0.5)``, ``0.5L``, ``0.5(L)``; None if it is none of them."""
    nothing = _NOT_DETECTED.fullmatch(body)
    below = None if rules.unit_in_cell or rules.kind != "measurement" else _BELOW_LIMIT.fullmatch(body)
    if not nothing and not below:
        return None
    if rules.kind != "measurement":
        return CellValue(error="NUMBER-RANGE", message=f"{shown(text)}是“未检出”，本列要求确定的数值")
    limit_text = below[1] if below else nothing[1] if nothing else ""
    if not limit_text:
        return CellValue(qualifier="ND")
    limit = _limit_of(text, limit_text, rules)
    if limit.error:
        return limit
    return CellValue(qualifier="<" if below else "ND", limit=limit.value, unit=limit.unit)


def _limit_of(text: str, limit_text: str, rules: Rules) -> CellValue:
    """The number behind a sign: must be a number of the column, not negative."""
    number = _split(limit_text.strip())
    if number is None:
        return CellValue(error="NUMBER", message=f"{shown(text)}不是数字")
    return _finish(text, number[0], number[1], rules, number[2])


def _flagged(text: str, body: str, rules: Rules) -> CellValue | None:
    """``12.3(H)``: a value that the instrument itself doubts is no value; ``(N)`` says that it is right (HJ 212)."""
    match = _FLAGGED.fullmatch(body) or (_BARE_FLAG.fullmatch(body) if rules.kind == "measurement" else None)
    if not match or match[2].upper() == "L" or (len(match[2]) > 1 and match[2] in rules.unit_aliases):
        return None
    number = _split(match[1]) if match[1] else None
    if match[1] and (number is None or number[1]) and match[1] not in ("-", "--", "—", "——"):
        return None
    if match[2] == "N" and number is not None:
        return _finish(text, number[0], "", rules, number[2])
    return CellValue(qualifier="flag", flag="FLAGGED")


def _bounded(text: str, body: str, rules: Rules) -> CellValue | None:
    """``<0.5``, ``≤10``, ``≥3``; None if no sign stands before the number."""
    for sign, qualifier in _BOUNDS:
        if not body.startswith(sign):
            continue
        limit = _limit_of(text, _LIMIT_MARK.sub("", body[len(sign) :]), rules)
        if limit.error:
            return limit
        if rules.kind != "measurement":
            if rules.bound == "value" or (rules.bound == "upper" and qualifier != "≥"):
                return CellValue(value=limit.value, unit=limit.unit)
            return CellValue(error="NUMBER-RANGE", message=f"{shown(text)}带有“{sign}”，表单未说明如何取值")
        return CellValue(qualifier=qualifier, limit=limit.value, unit=limit.unit)
    return None


def _ends(body: str) -> re.Match[str] | None:
    """The two ends of a range, None where the text is none; the hyphen of a power (1.2×10-3) parts nothing."""
    match = _RANGE.fullmatch(body) or _HYPHEN_RANGE.fullmatch(body)
    return None if match is None or _BROKEN_POWER.search(match[1]) else match


def _is_range(body: str) -> bool:
    match = _ends(body)
    return match is not None and _split(match[1]) is not None and _split(match[2]) is not None


def _range(text: str, body: str, rules: Rules) -> CellValue:
    """``1～2``: read as the form says (``range``: low, high, mid), else quarantined."""
    match = _ends(body)
    low, high = (_split(part) for part in match.groups())  # type: ignore[union-attr]
    if rules.range is None or low is None or high is None:
        return CellValue(error="NUMBER-RANGE", message=f"{shown(text)}是一个范围，表单未说明如何取值")
    value = {"low": low[0], "high": high[0]}.get(rules.range, (low[0] + high[0]) / 2.0)
    return _finish(text, value, high[1] or low[1], rules)


def fast_number_sql(column: str, rules: Rules) -> str:
    """DuckDB expression: the number where the text is a plain one inside the limits, else NULL."""
    target, pattern = ("bigint", r"[+-]?\d{1,15}") if rules.kind == "integer" else ("double", "")
    cast = f"try_cast({column} as {target})"
    refused = ", ".join(repr(n) for n in sorted({*SENTINEL_NUMBERS, *rules.extra_numbers}))
    conditions = [f"{cast} not in ({refused})"]
    if pattern:
        conditions.append(f"regexp_full_match({column}, '{pattern}')")
    else:
        conditions.append(f"not contains({column}, '_')")  # DuckDB reads 1_000
        if rules.minimum is None or rules.maximum is None:  # NaN is above every maximum
            conditions.append(f"isfinite({cast})")
    if rules.bare_share:
        conditions.append(f"not ({cast} > 0 and {cast} <= 1)")
    scaled = cast if rules.scale is None else f"{cast} * {rules.scale!r}"
    if rules.minimum is not None:
        conditions.append(f"{scaled} >= {float(rules.minimum)!r}")
    if rules.maximum is not None:
        conditions.append(f"{scaled} <= {float(rules.maximum)!r}")
    return f"case when {' and '.join(conditions)} then {scaled} end"
