"""Units as forms write them, resolved through the project's unit seed.

Belongs here: the normal form of a unit's text, look-up, and conversion inside one quantity (kg → t). Does not belong
here: the tables themselves (``dbt/seeds/crosswalks/unit_alias.csv``, ``unit_conversion.csv``) and conversions that need
a substance or a state of gas (ppb → µg/m³: ``kernels.units``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ehpilot.landing.values.cell_value import MISSING, NOTHING, CellValue, Rules, compact, shown, visible

_CHARACTERS = str.maketrans(
    {"µ": "μ", "㎎": "mg", "㎏": "kg", "·": "·", "•": "·", "∕": "/", "／": "/", "³": "3", "²": "2"}
)

_TEQ_BEFORE = re.compile(r"^(?:I-?|WHO(?:\d{4})?-?)?TEQ[-:]?(?=[a-zμ]+(?:/|$))", re.I)
_TEQ = re.compile(r"-?(?:I-?|WHO(?:\d{4})?-?)?TEQ", re.I)

_COUNTED_AS = re.compile(r"(?:[(](?:以.{1,12}计|as[a-z0-9]{1,6})[)]|以[^()]{1,12}计)$", re.I)
_MEASURES = "吨|克|斤|磅|升|立方米|标方|[kKM]?t|[mkμun]?g|lbs?|[mμ]?[lL]|N?m3|mol|pp[mbt]v?"
_UNIT_SHAPE = re.compile(
    rf"[十百千万亿兆毫微纳公市英短长]{{0,2}}(?:{_MEASURES})(?:[/·每](?:.{{0,3}}(?:{_MEASURES}|[年月日天时adhs])).*)?"
)
_PER_TIME = re.compile(r"/[ad]$")
_NORMAL = re.compile("Nm3")


def unit_key(text: str) -> str:
    """Normal form of a unit's text: NFKC, no blanks, outer brackets off, one sign for micro, one way to write toxic
    equivalents (``ng I-TEQ/m3``, ``TEQ ng/m3`` → ``ng-TEQ/m3``); case kept (mg is not Mg).
    """
    key = compact(text.translate(_CHARACTERS)).replace("µ", "μ").replace("−", "-")
    while len(key) > 1 and key[0] in "([【（" and key[-1] in ")]】）":
        key = key[1:-1]
    key = re.sub(r"^(?:单位|计量单位)[::]", "", key)
    if _TEQ_BEFORE.search(key):
        head, slash, tail = _TEQ_BEFORE.sub("", key).partition("/")
        return f"{head}-TEQ{slash}{tail}"
    return _TEQ.sub("-TEQ", key)


def resolve_unit(text: str, aliases: Mapping[str, str]) -> str | None:
    """The seed's unit of a text, or None. ``aliases`` maps ``unit_key`` texts to units; lower case is tried second,
    then the text without the words that name the counted element (``mg/m3（以碳计）``).
    """
    key = unit_key(text)
    found = aliases.get(key) or aliases.get(key.lower())
    if found or not (bare := _COUNTED_AS.sub("", key)) or bare == key:
        return found
    return aliases.get(bare) or aliases.get(bare.lower())


def looks_like_unit(text: str) -> bool:
    """True for a text that can only be meant as a unit, known or not (百公斤, kt, mg/100L), not as a remark."""
    key = unit_key(text)
    return len(key) <= 12 and _UNIT_SHAPE.fullmatch(key) is not None


def convert(value: float, unit: str, target: str, conversions: Mapping[str, tuple[str, str, float]]) -> float | None:
    """``value`` of ``unit`` in ``target``; None if the two are not of one quantity. Factors lead to the canonical
    unit.
    """
    source, wanted = conversions.get(unit), conversions.get(target)
    if source is None or wanted is None or source[:2] != wanted[:2]:
        return None
    return value * source[2] / wanted[2]


def stated_factor(unit: str, target: str, conversions: Mapping[str, tuple[str, str, float]]) -> float | None:
    """Factor from a unit that a header or cell states to the unit that a column is in; None if they do not fit.

    ``kg`` fits a column in ``t/a`` and ``t/a`` one in ``t``: the period is the column's, whether it is written or not.
    ``mg/Nm3`` fits ``mg/m3``: waste gas is stated at the normal state whatever the letters say.
    """
    pairs = [(unit, target), (_NORMAL.sub("m3", unit), _NORMAL.sub("m3", target))]
    if bool(_PER_TIME.search(unit)) != bool(_PER_TIME.search(target)):
        pairs.append((_PER_TIME.sub("", unit), _PER_TIME.sub("", target)))
    for stated, wanted in pairs:
        factor = 1.0 if stated == wanted else convert(1.0, stated, wanted, conversions)
        if factor is not None:
            return factor
    return None


def parse_unit(text: str, rules: Rules) -> CellValue:
    """Reads one cell of kind unit. Error: UNIT-UNKNOWN."""
    if not visible(text):
        return NOTHING
    unit = resolve_unit(text, rules.unit_aliases)
    if unit is not None:
        return CellValue(value=unit)
    if rules.accept and re.search(rules.accept, compact(text)):
        return CellValue(value=compact(text))
    if rules.is_missing(text):
        return MISSING
    return CellValue(error="UNIT-UNKNOWN", message=f"单位{shown(text)}不在单位表中")
