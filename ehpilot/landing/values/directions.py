"""Directions of the wind in words: sixteen points of the compass, in letters or in Chinese, and calm.

Belongs here: words for degrees. Does not belong here: numbers of degrees (``numbers``).
"""

from __future__ import annotations

from ehpilot.landing.values.cell_value import NOTHING, CellValue, compact

_POINTS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
_CHINESE = (
    ("北",), ("北东北", "北北东", "东北偏北", "北偏东"), ("东北",), ("东东北", "东北东", "东北偏东", "东偏北"),
    ("东",), ("东东南", "东南东", "东南偏东", "东偏南"), ("东南",), ("南东南", "南南东", "东南偏南", "南偏东"),
    ("南",), ("南西南", "南南西", "西南偏南", "南偏西"), ("西南",), ("西西南", "西南西", "西南偏西", "西偏南"),
    ("西",), ("西西北", "西北西", "西北偏西", "西偏北"), ("西北",), ("北西北", "北北西", "西北偏北", "北偏西"),
)  # fmt: skip
_DEGREES = {name: 22.5 * number for number, name in enumerate(_POINTS)} | {
    name: 22.5 * number for number, names in enumerate(_CHINESE) for name in names
}
_CALM = frozenset(("C", "CALM", "静风", "静稳", "无风", "PPC", "999017", "999017.0"))  # 999017: the service's calm


def read_direction(text: str) -> CellValue | None:
    """Degrees of a word (north 0 is 360 in tables of numbers too: both are north), no value for calm; None for other
    texts."""
    word = compact(text).upper().removesuffix("风") if compact(text) not in _CALM else compact(text)
    if word.upper() in _CALM:
        return NOTHING
    degrees = _DEGREES.get(word)
    if degrees is None:
        return None
    return CellValue(value=degrees or 360.0)  # 0 is calm in many files, 360 is north
