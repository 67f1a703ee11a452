"""Units as forms write them, resolved through the project's unit seed.

Belongs here: the normal form of a unit's text, look-up, and conversion inside one quantity (kg → t). Does not belong
here: the tables themselves (``dbt/seeds/crosswalks/unit_alias.csv``, ``unit_conversion.csv``) and conversions that need
a substance or a state of gas (ppb → µg/m³: ``kernels.units``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ehpilot.landing.values.reading import MISSING, NOTHING, Reading, Rules, compact, shown, visible

_CHARACTERS = str.maketrans(
    {"µ": "μ", "㎎": "mg", "㎏": "kg", "·": "·", "•": "·", "∕": "/", "／": "/", "³": "3", "²": "2"}
)


def unit_key(text: str) -> str:
    """Normal form of a unit's text: NFKC, no blanks, outer brackets off, one sign for micro; case kept (mg is not
    Mg).
    """
    key = compact(text.translate(_CHARACTERS)).replace("µ", "μ").replace("−", "-")
    while len(key) > 1 and key[0] in "([【（" and key[-1] in ")]】）":
        key = key[1:-1]
    return re.sub(r"^(?:单位|计量单位)[::]", "", key)


def resolve_unit(text: str, aliases: Mapping[str, str]) -> str | None:
    """The seed's unit of a text, or None. ``aliases`` maps ``unit_key`` texts to units; lower case is tried second."""
    key = unit_key(text)
    return aliases.get(key) or aliases.get(key.lower())


def convert(value: float, unit: str, target: str, conversions: Mapping[str, tuple[str, str, float]]) -> float | None:
    """``value`` of ``unit`` in ``target``; None if the two are not of one quantity. Factors lead to the canonical
    unit.
    """
    source, wanted = conversions.get(unit), conversions.get(target)
    if source is None or wanted is None or source[:2] != wanted[:2]:
        return None
    return value * source[2] / wanted[2]


def parse_unit(text: str, rules: Rules) -> Reading:
    """Reads one cell of kind unit. Error: UNIT-UNKNOWN."""
    if not visible(text):
        return NOTHING
    unit = resolve_unit(text, rules.unit_aliases)
    if unit is not None:
        return Reading(value=unit)
    if rules.accept and re.search(rules.accept, compact(text)):
        return Reading(value=compact(text))
    if rules.is_missing(text):
        return MISSING
    return Reading(error="UNIT-UNKNOWN", message=f"单位{shown(text)}不在单位表中")
