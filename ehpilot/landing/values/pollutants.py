"""Names of pollutants resolved to pollutant_id through the alias seed.

Belongs here: the order in which a text is tried (code, alias, alias without a harmless bracket). Does not belong here:
the alias table (``dbt/seeds/crosswalks/pollutant_alias.csv``). VOCs / TVOC and NMHC are two things; a bracket that
names a form (``铬(六价)``) is never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ehpilot.landing.values.cell_value import (
    MISSING,
    NOTHING,
    CellValue,
    Rules,
    normalise_text,
    plain_text,
    shown,
    visible,
)
from ehpilot.landing.values.codes import cas_from_text, clean_code, repair_cas
from ehpilot.landing.values.units import resolve_unit

_LAST_BRACKET = re.compile(r"(.+?)\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_HARMLESS = re.compile(
    r"以.{1,12}计|as[a-z0-9]{1,6}|.*(?:粒径|直径|微米|μm|um).*|无量纲|总量|排放量|浓度|\d*小时(?:平均|值)?|实测|折算"
)
_REMOVED = re.compile(r"[\s,\-_'’·.]")


def pollutant_key(text: str) -> str:
    """Normal form of a pollutant's name, as the keys of ``pollutant_aliases`` are: see ``normalise_text``."""
    return normalise_text(text)


def resolve_pollutant(text: str, aliases: Mapping[str, str], units: Mapping[str, str]) -> tuple[str, bool] | None:
    """pollutant_id of a name or code and whether it was repaired from a date; None if unknown."""
    key = pollutant_key(text)
    known = _look_up(key, aliases)
    if known:
        return known, False
    code = clean_code(text)
    cas = cas_from_text(code)
    if cas:
        return aliases.get(cas.lower(), cas), False
    repaired = repair_cas(code)
    if repaired:
        return repaired, True
    match = _LAST_BRACKET.fullmatch(key)
    if not match:
        return None
    base, inner = _look_up(match[1], aliases), _look_up(match[2], aliases)
    cas = cas_from_text(clean_code(match[2]))
    inner = inner or cas
    if base and inner:
        return (base, False) if base == inner else None
    if base and (_HARMLESS.fullmatch(match[2]) or resolve_unit(match[2], units)):
        return base, False
    return (inner, False) if inner and not base else None


def _look_up(key: str, aliases: Mapping[str, str]) -> str | None:
    return aliases.get(key) or aliases.get(_REMOVED.sub("", key))


def parse_pollutant(text: str, rules: Rules) -> CellValue:
    """Reads a pollutant's name or code. Error: POLLUTANT-UNKNOWN, also for a name that stands for several substances
    where the form does not say which; a date that was a CAS number is repaired and flagged.
    """
    raw = plain_text(text, rules.html)
    if not visible(raw):
        return NOTHING
    if rules.accept and re.search(rules.accept, clean_code(raw)):
        return CellValue(value=clean_code(raw))
    found = resolve_pollutant(raw, rules.pollutant_aliases, rules.unit_aliases)
    if found:
        return CellValue(value=found[0], flag="CAS-REPAIRED" if found[1] else "")
    if rules.is_missing(raw):
        return MISSING
    candidates = rules.ambiguous_pollutants.get(_LAST_BRACKET.sub(r"\1", pollutant_key(raw)))
    if candidates:
        message = f"污染物{shown(text)}可指{candidates}，请写明是哪一种（全名、CAS号或以何计）"
        return CellValue(error="POLLUTANT-UNKNOWN", message=message)
    return CellValue(error="POLLUTANT-UNKNOWN", message=f"污染物{shown(text)}不在名录和别名表中")
