"""Texts of the edition that stand in two languages (“未采用 / not used”), in Chinese only.

Does not belong here: words of codes (``edition.code_labels``).
"""

from __future__ import annotations

import re

_UNITS = {
    "1": "", "n": "", "share": "", "ratio": "", "a": "年", "d": "天", "1/d": "次/天", "d/a": "天/年", "yuan/a": "元/年",
    "grade": "级", "deg": "°", "ln odds": "对数几率", "L/shift": "L/班", "x PC-TWA": "倍PC-TWA",
    "person s/m3": "人·s/m3",
}  # fmt: skip
_UNIT_SIGNS = re.compile(r"(?<![A-Za-z])u(?=g\b|m\b|L\b)|(?<=m)[23]\b")  # ug/m3: as files can write it
_SUPERSCRIPT = str.maketrans("23", "²³")
_TAIL = re.compile(r" / [^\u4e00-\u9fff（）]+(?=(?:（[^（）]*）)?$)")  # a count in brackets stays
_KIND_ALONE = re.compile(r"(?<=[\u4e00-\u9fff]) / [a-z][a-z -]*$")
_WORDS = re.compile(r"(?<=[\u4e00-\u9fff]) / [a-z]+(?: [a-z]+(?=[ :]))*:? ")


def chinese(text: str | None) -> str:
    """A text with its English behind it: “未采用 / not used（3）” → “未采用（3）”."""
    return _TAIL.sub("", text or "")


def chinese_subject(text: str | None) -> str:
    """A name with its kind in both languages before it: “文件 / file permit/a.xlsx” → “文件 permit/a.xlsx”; a kind
    alone: “烟气抬升 / plume rise” → “烟气抬升”."""
    return _WORDS.sub(" ", _KIND_ALONE.sub("", text or ""))


def chinese_unit(unit: str | None) -> str:
    """A unit whose sign is a word in words, that of a bare number as nothing: “d/a” → “天/年”, “1” → “”."""
    return _UNITS.get(unit or "", unit or "")


def unit_text(unit: str) -> str:
    """A unit as printed: “ug/m3” → “μg/m³”."""
    return _UNIT_SIGNS.sub(lambda sign: "μ" if sign[0] == "u" else sign[0].translate(_SUPERSCRIPT), unit)
