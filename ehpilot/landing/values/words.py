"""Texts, names, ticks and geometries: the kinds that are kept nearly as written.

Belongs here: trimming and the tick marks. Does not belong here: personal fields (hashed at intake, never read here).
"""

from __future__ import annotations

import re
import unicodedata

from ehpilot.landing.values.cell_value import MISSING, NOTHING, CellValue, Rules, compact, plain_text, shown, visible

_TICKED = frozenset(("√", "✓", "✔", "☑", "■", "v", "是", "y", "yes", "1", "true", "t", "●", "有", "x√", "∨", "对"))
_NOT_TICKED = frozenset(
    ("×", "✗", "✘", "x", "☐", "□", "否", "n", "no", "0", "false", "f", "/", "-", "—", "——", "--", "无")
)
_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef（）《》、，。；："
_BLANK_BY_CJK = re.compile(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])")
_BETWEEN_CHINESE_MARKS = re.compile(r"[^（），]+")  # runs between the marks that NFKC would make half-width
_WKT = re.compile(r"\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b|\s*GEOMETRYCOLLECTION\b", re.I)


def parse_text(text: str, rules: Rules) -> CellValue:
    """Reads a free text: trimmed, control characters out, line breaks kept; a lone dash or slash is a missing mark."""
    raw = plain_text(text, rules.html) if rules.html else text
    kept = visible(raw)
    if not kept:
        return NOTHING
    return MISSING if rules.is_missing(kept) else CellValue(value=kept)


def parse_name(text: str, rules: Rules) -> CellValue:
    """Reads a name: NFKC, but Chinese brackets and commas as written (they belong to a registered name); line breaks
    and blanks beside Chinese characters out, other blanks single."""
    raw = plain_text(text, rules.html) if rules.html else text
    normal = _BETWEEN_CHINESE_MARKS.sub(lambda part: unicodedata.normalize("NFKC", part[0]), visible(raw))
    kept = re.sub(r"\s+", " ", _BLANK_BY_CJK.sub("", normal)).strip()
    if not kept:
        return NOTHING
    return MISSING if rules.is_missing(kept) else CellValue(value=kept)


def parse_mark(text: str, rules: Rules) -> CellValue:
    """Reads a tick column: √ is true, blank and × are false. Error: MARK."""
    word = compact(text).lower()
    if word in _TICKED:
        return CellValue(value=True)
    if not word or word in _NOT_TICKED or word in rules.extra_marks:
        return CellValue(value=False)
    return CellValue(error="MARK", message=f"{shown(text)}不是勾选（应为√或空）")


def parse_geometry(text: str, rules: Rules) -> CellValue:
    """Reads a WKT text (EPSG:4490). Error: XY-FORMAT."""
    if not visible(text):
        return NOTHING
    if _WKT.match(text):
        import shapely

        try:
            shapely.from_wkt(text)
            return CellValue(value=text)
        except shapely.errors.ShapelyError:
            pass
    return CellValue(error="XY-FORMAT", message=f"{shown(text)}不是几何图形")
