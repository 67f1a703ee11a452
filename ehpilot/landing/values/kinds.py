"""Texts of cells to typed values: one entry point over the distinct texts of a column, and SQL for the plain cases.

Belongs here: the table of kinds. Does not belong here: which column has which kind (dbt sources YAML), the text of a
personal field, anything that looks at two columns of a row (the pair of coordinates: ``coordinates``).

Options (all optional): ``missing_marks``, ``minimum``, ``maximum``, ``unit``, ``unit_in_cell``, ``unit_beside`` (a
column beside holds the unit: one in the cell is given back), ``header_unit`` (one that does not fit the column: no
number without a unit of its own is read), ``unit_aliases``, ``unit_conversions``, ``pollutant_aliases``,
``ambiguous_pollutants``, ``accept``, ``hour_ending``, ``date_order``, ``day_unsaid``, ``base_year``, ``one_date``,
``range``, ``bound``, ``fraction``, ``assume``, ``html``, ``scale`` — see ``cell_value.Rules``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from ehpilot.landing.values.beside import NOTE, read_noted
from ehpilot.landing.values.cell_value import CellValue, Rules
from ehpilot.landing.values.codes import parse_cas_no, parse_credit_code, parse_permit_no
from ehpilot.landing.values.coordinates import parse_angle, parse_crs
from ehpilot.landing.values.dates import fast_date_sql, parse_date, parse_date_range, parse_period, parse_timestamp
from ehpilot.landing.values.geometry import parse_geometry
from ehpilot.landing.values.numbers import fast_number_sql, parse_number
from ehpilot.landing.values.pollutants import parse_pollutant
from ehpilot.landing.values.units import parse_unit
from ehpilot.landing.values.words import damaged, parse_mark, parse_name, parse_text, unwrapped

Parser = Callable[[str, Rules], CellValue]

_PARSERS: dict[str, tuple[Parser, pa.DataType]] = {
    "text": (parse_text, pa.string()),
    "name": (parse_name, pa.string()),
    "number": (parse_number, pa.float64()),
    "integer": (parse_number, pa.int64()),
    "percent": (parse_number, pa.float64()),
    "measurement": (parse_number, pa.float64()),
    "date": (parse_date, pa.date32()),
    "timestamp": (parse_timestamp, pa.timestamp("us")),
    "period": (parse_period, pa.string()),
    "date_range_start": (parse_date_range, pa.date32()),
    "date_range_end": (parse_date_range, pa.date32()),
    "longitude": (parse_angle, pa.float64()),
    "latitude": (parse_angle, pa.float64()),
    "crs": (parse_crs, pa.string()),
    "credit_code": (parse_credit_code, pa.string()),
    "permit_no": (parse_permit_no, pa.string()),
    "cas_no": (parse_cas_no, pa.string()),
    "pollutant": (parse_pollutant, pa.string()),
    "unit": (parse_unit, pa.string()),
    "mark": (parse_mark, pa.bool_()),
    "geometry": (parse_geometry, pa.string()),
}
KINDS = frozenset(_PARSERS)


def parse_distinct(kind: str, texts: Sequence[str], options: Mapping[str, Any] | None = None) -> pa.Table:
    """Reads each text as ``kind``; row i of the result is ``texts[i]``.

    Columns: text, value (typed by kind), qualifier, limit_value, unit, flag, error, message ('' where there is nothing
    to say). ``error`` set: quarantine with ``message``. ``flag`` set: loaded, with that reason code. ``KeyError``: no
    such kind.
    """
    parser, value_type = _PARSERS[kind]
    rules = Rules(kind, options)
    found = [_read(text, rules, parser) for text in texts]
    columns = list(zip(*found, strict=True)) if found else [()] * 7
    values, qualifiers, limits, units, flags, errors, messages = columns
    return pa.table({
        "text": pa.array(list(texts), pa.string()),
        "value": pa.array(values, value_type),
        "qualifier": pa.array(qualifiers, pa.string()),
        "limit_value": pa.array(limits, pa.float64()),
        "unit": pa.array(units, pa.string()),
        "flag": pa.array(flags, pa.string()),
        "error": pa.array(errors, pa.string()),
        "message": pa.array(messages, pa.string()),
    })  # fmt: skip


def _read(text: str, rules: Rules, parser: Parser) -> CellValue:
    plain = unwrapped(text)
    found = read_noted(plain, rules, parser) if NOTE in plain else parser(plain, rules)
    return damaged(plain, found, rules)


def fast_sql(kind: str, column: str, options: Mapping[str, Any] | None = None) -> str | None:
    """SQL of DuckDB that reads the plain case of ``kind`` as ``parse_distinct`` would, with no flag and no error; else
    NULL.

    ``column`` is an SQL expression. None: there is no plain case in SQL, every distinct text goes to
    ``parse_distinct``.
    """
    rules = Rules(kind, options)
    if (rules.html and kind != "text") or rules.header_unit:
        return None
    if kind in ("number", "integer", "percent", "measurement"):
        return fast_number_sql(column, rules)
    if kind in ("longitude", "latitude"):
        cast = f"try_cast({column} as double)"
        marks = "".join(f" and {cast} <> {n!r}" for n in rules.extra_numbers)
        plain = f"regexp_full_match({column}, '-?\\d{{1,3}}(\\.\\d+)?')"
        return f"case when {plain} and abs({cast}) <= 180{marks} then {cast} end"
    if kind in ("date", "timestamp"):
        return fast_date_sql(column, rules)
    if kind == "text" and not rules.html:
        return _fast_text_sql(column, rules)
    if kind == "name":
        return _fast_name_sql(column, rules)
    return None


def _fast_name_sql(column: str, rules: Rules) -> str:
    """A name of Chinese characters, Latin letters, digits and Chinese brackets, in which nothing is to be put right and
    that is no missing mark of the form (the general ones are all of other signs).
    """
    # marks are compared with brackets made half-width
    brackets = "" if any("(" in mark or ")" in mark for mark in rules.extra_marks) else "（）"
    kept = rf"0-9A-Za-z\x{{4e00}}-\x{{9fff}}{brackets}"
    conditions = [f"regexp_full_match({column}, '[{kept}][{kept}#_-]*')", *_not_marked(column, rules)]
    return f"case when {' and '.join(conditions)} then {column} end"


def _not_marked(column: str, rules: Rules) -> list[str]:
    """Condition (or none) that the text is no missing mark of the form."""
    if not rules.extra_marks:
        return []
    marks = ", ".join("'" + m.replace("'", "''") + "'" for m in sorted(rules.extra_marks))
    return [f"replace(lower({column}), ' ', '') not in ({marks})"]


def _fast_text_sql(column: str, rules: Rules) -> str:
    """A trimmed text with a letter or a digit, without control characters and letters of full width, that is no missing
    mark of the form."""
    lost = "\\p{C}\\x{FFFD}\\x{FF10}-\\x{FF19}\\x{FF21}-\\x{FF3A}\\x{FF41}-\\x{FF5A}"
    conditions = [
        f"regexp_full_match({column}, '[^{lost}\\s''’=](?:[^{lost}]*[^{lost}\\s])?')",
        f"not contains({column}, '??')",
        f"regexp_matches({column}, '[\\p{{L}}\\p{{N}}]')",
        *_not_marked(column, rules),
    ]
    return f"case when {' and '.join(conditions)} then {column} end"
