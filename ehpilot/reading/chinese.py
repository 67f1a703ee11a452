"""Texts of the edition that stand in two languages (“未采用 / not used”), in Chinese only.

Does not belong here: words of codes (``edition.code_labels``).
"""

from __future__ import annotations

import re

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
