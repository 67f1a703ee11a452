"""Total rows and notes: known by the first words of a row, in SQL for tables and in Python for stray lines.

Belongs here: the patterns around the words of a form (``totals``, ``notes``). Does not belong here: the words
themselves (:mod:`ehpilot.landing.forms`), blank rows and repeated headers (:mod:`ehpilot.landing.rows.records`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ehpilot.landing.forms import PartForm
from ehpilot.landing.sql import literal

# 合计 / 合计：2家 / 合计(t); a bracket may stand between a note's word and its colon: 单位负责人（签字）：
_TOTAL_TAIL = "([:：].*|\\(.*\\)|（.*）)?$"
_COUNT_OF_ROWS = "^(共|共计|合计)[0-9]+(家|条|项|个|户|行|人|页|份|件|处|家单位|家企业|个点位)[。.]?$"
NO_DIGIT = "_first not between '0' and '9~'"  # cheap, and true of every row that begins with no digit
_SIGNATURE_TAIL = "$"  # 填表人 in a cell of its own, the name in the next
_NOTE_TAIL = "[0-9]*(\\([^:：]*\\)|（[^:：]*）)?[:：]"


def word_cases(part: PartForm) -> list[str]:
    """``when … then`` cases over ``_first``; the first letter is compared first, so that plain rows cost one
    comparison."""
    plain = "lower(replace(replace(_first, ' ', ''), '\u3000', ''))"
    cases = []
    signatures = [word for word in part.notes if word.endswith("人")]
    kinds = (
        (part.totals, _TOTAL_TAIL, "SKIP-TOTAL"),
        (part.notes, _NOTE_TAIL, "SKIP-NOTE"),
        (signatures, _SIGNATURE_TAIL, "SKIP-NOTE"),
    )
    for words, tail, code in kinds:
        if not words:
            continue
        letters = sorted({letter for word in words for letter in (word[0].lower(), word[0].upper())})
        starts = literal("".join(letters))  # no IN: of a long list DuckDB makes a join, which loses the rows' order
        test = f"regexp_matches({plain}, {literal(_pattern(words, tail))})"
        digits = "" if any(letter.isdigit() for letter in letters) else f"{NO_DIGIT} and "
        cases.append(f"when {digits}contains({starts}, left(_first, 1)) and {test} then '{code}'")
    cases.append(
        f"when {NO_DIGIT} and left(_first, 1) in ('以', '此') and regexp_matches(_first, '^(此页)?以下(为)?空白') "
        f"then 'SKIP-NOTE'"
    )
    if part.totals:
        test = f"regexp_matches({plain}, {literal(_COUNT_OF_ROWS)})"
        cases.append(f"when {NO_DIGIT} and left(_first, 1) in ('共', '合') and {test} then 'SKIP-TOTAL'")
    return cases


def total_case(cell: str, is_pollutant: bool, others: Sequence[str]) -> str:
    """``when … then`` case of a total word in a key's cell: 小计, 废气合计, 合计：; of pollutants the bare words only,
    for 二甲苯合计 is one. ``others``: texts that mean something else here (全厂合计 of a form)."""
    plain = f"replace(replace({cell}, ' ', ''), '\u3000', '')"
    before = "" if is_pollutant else ".{0,10}"
    pattern = f"^{before}(合计|小计|总计|共计|累计){_TOTAL_TAIL}"
    test = f"contains({cell}, '计') and regexp_matches({plain}, {literal(pattern)})"
    excepted = "".join(f" and {plain} <> {literal(text)}" for text in others)
    return f"when {test}{excepted} then 'SKIP-TOTAL'"


def summary_case(cell: str) -> str:
    """``when … then`` case of a row that sums up the others, known by its cell of a time: 平均值, 最大值."""
    return (
        f"when not {cell} between '0' and '9~' and regexp_matches({cell}, "
        f"'^(.{{0,4}}(平均|均值|最大|最小|合计|小计|总计|极值)值?|max|min|average)$') then 'SKIP-TOTAL'"
    )


def is_note(part: PartForm, line: str) -> bool:
    """True for a csv line of another width, or a row of a small sheet, that begins like a note or signature."""
    plain = re.sub(r"\s+", "", line).lower().lstrip('"')
    return bool(part.notes) and re.match(_pattern(part.notes, _NOTE_TAIL), plain) is not None


def _pattern(words: Sequence[str], tail: str) -> str:
    """Regular expression that RE2 and Python read alike."""
    return f"^({'|'.join(re.escape(word.lower().replace(' ', '')) for word in words)}){tail}"
