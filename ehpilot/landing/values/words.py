"""Texts, names and ticks: the kinds that are kept nearly as written.

Belongs here: trimming, the wrapping that exports put round texts, letters lost on the way, the tick marks. Does not
belong here: personal fields (hashed at intake, never read here), geometries.
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
_WRAPPED = re.compile(r'\s*="((?:[^"]|"")*)"\s*', re.S)  # ="0012": how portals keep Excel from reading a number
_APOSTROPHE = re.compile(r"\s*['’‘＇](?=\w)(?!.*['’‘＇]\s*$)", re.S)  # Excel's mark of a text
_WIDE_LETTERS = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:[－＿．＃／][０-９Ａ-Ｚａ-ｚ]+)*")  # ＤＡ００１, ＷＴ－１
WIDE_CHARACTERS = "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
PLAIN_CHARACTERS = unicodedata.normalize("NFKC", WIDE_CHARACTERS)
_LOST = re.compile("\ufffd|(?<=[\u4e00-\u9fff])\\?{2,}|\\?{2,}(?=[\u4e00-\u9fff])")


def unwrapped(text: str) -> str:
    """A text without ``="…"`` round it and without the apostrophe by which Excel keeps a number a text."""
    wrapped = _WRAPPED.fullmatch(text)
    if wrapped:
        return wrapped[1].replace('""', '"')
    return _APOSTROPHE.sub("", text, count=1) if _APOSTROPHE.match(text) else text


def damaged(text: str, found: CellValue, rules: Rules) -> CellValue:
    """What was read of a text, or ENCODING where letters were lost on the way (U+FFFD, ``??``): quarantined in a key,
    flagged in other texts."""
    if "\ufffd" not in text and "??" not in text:
        return found
    if rules.kind not in ("text", "name"):
        return found._replace(error="ENCODING", message=_lost(text)) if found.error and "\ufffd" in text else found
    if not _LOST.search(text) or found.error:
        return found
    if rules.is_key:
        return CellValue(error="ENCODING", message=_lost(text))
    return found if found.flag else found._replace(flag="ENCODING")


def _lost(text: str) -> str:
    return f"{shown(text)}中有字在转换编码时丢失，请从原系统重新导出"


def parse_text(text: str, rules: Rules) -> CellValue:
    """Reads a free text: trimmed, control characters out, letters and digits of full width as ASCII (Chinese marks as
    written), line breaks kept; a lone dash or slash is a missing mark."""
    raw = plain_text(text, rules.html) if rules.html else text
    kept = _WIDE_LETTERS.sub(lambda run: unicodedata.normalize("NFKC", run[0]), visible(raw))
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
