"""What a concentration can at most be in its medium: beyond it the number or the unit is wrong, whatever was measured.

Belongs here: the ceilings. Does not belong here: limits of standards, the ``min``/``max`` of a column (sources YAML).

Ceilings are no measured records but what the medium can hold, with room to spare: a gas at 1 bar weighs about a
kilogram a cubic metre, open air that holds more than 10 g of a substance a cubic metre is on fire or deadly at once,
brine is saturated at 360 g/L, and no part is more than the whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_WASTE_GAS = re.compile("废气|烟气|排气|stack|waste.?gas|进口|出口", re.I)
_WORKPLACE = re.compile("工作场所|车间|岗位|workplace", re.I)
_OPEN_AIR = re.compile("空气|无组织|大气|厂界|ambient|fugitive|air", re.I)
_WASTE_WATER = re.compile("废水|污水|waste.?water", re.I)
_WATER = re.compile("水|water", re.I)

# canonical unit of the seed unit_conversion → ceiling by kind of medium; '' for any other
_CEILINGS: Mapping[str, Mapping[str, float]] = {
    "ug/m3": {"open_air": 1e7, "workplace": 1e8, "waste_gas": 2e9, "": 2e9},
    "ug/Nm3": {"open_air": 1e7, "workplace": 1e8, "": 2e9},
    "ng-TEQ/m3": {"open_air": 1e6, "": 1e9},
    "ppb": {"open_air": 1e7, "workplace": 1e8, "": 1e9},
    "ug/L": {"water": 4e8, "": 1.5e9},
    "mg/kg": {"": 1e6},
    "%": {},
}


def kind_of_medium(text: str | None) -> str:
    """``open_air``, ``workplace``, ``waste_gas``, ``waste_water``, ``water`` or '' of a medium's name."""
    if not text:
        return ""
    for pattern, kind in ((_WASTE_GAS, "waste_gas"), (_WORKPLACE, "workplace"), (_OPEN_AIR, "open_air"),
                          (_WASTE_WATER, "waste_water"), (_WATER, "water")):  # fmt: skip
        if pattern.search(text):
            return kind
    return ""


def ceiling(medium: str | None, unit: str, conversions: Mapping[str, tuple[str, str, float]]) -> float | None:
    """The most that a concentration can be, in ``unit``; None where nothing is known."""
    known = conversions.get(unit)
    if known is None:
        return None
    _, canonical, factor = known
    by_medium = _CEILINGS.get(canonical, {})
    most = by_medium.get(kind_of_medium(medium), by_medium.get(""))
    return None if most is None else most / factor
