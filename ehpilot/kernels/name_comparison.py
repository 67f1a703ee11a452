"""How alike two names of sites are: a level of likeness, and whether words that tell sites apart stand against it.

Two firms of one owner differ by a word (聚丙烯, 聚乙烯; 集团; 宁波), a slip of writing by a sign. So a sign swapped,
dropped or exchanged has a level of its own; marks, places and trades of a name are compared apart from its likeness.

Belongs here: levels of a pair of parsed names. Does not belong here: parts of one name (``company_names``), weights of
the levels and evidence other than names (``matching``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from ehpilot.kernels.company_names import ParsedName

IntArray = NDArray[np.int64]
StrArray = NDArray[np.str_]
SHORTEST_SLIP = 3  # signs of the longer of two names that may differ by one sign dropped or exchanged


def name_levels(
    parsed: list[ParsedName], left: IntArray, right: IntArray, limits: Mapping[tuple[str, str], float]
) -> StrArray:
    """Likeness of the names ``left`` and ``right`` (rows of ``parsed``).

    ``legal_name`` equal with a Chinese legal form, ``equal``, ``core`` but for legal form, region and plain words;
    of Chinese names ``swapped`` other order of the same signs, ``dropped`` one sign more, ``exchanged`` one another,
    ``longer`` one legal name within another; ``contained`` a short name within another; ``close`` (Latin), ``similar``,
    ``unlike``, ``different`` by rapidfuzz ratio from ``limits["name_from", level]`` percent; ``other_script``; '' where
    one has no name.
    """
    cores = np.array([name.core for name in parsed], dtype=object)
    core_left, core_right = cores[left].tolist(), cores[right].tolist()
    ratio = process.cpdist(core_left, core_right, scorer=fuzz.ratio, dtype=np.float32, workers=-1)
    contained = _contained(core_left, core_right, ratio)
    full = _numbers([name.full for name in parsed])
    core = _numbers([name.core for name in parsed])
    same_full, same_core = full[left] == full[right], core[left] == core[right]
    is_legal, is_han = (np.array([getattr(n, kind) for n in parsed], dtype=bool) for kind in ("is_legal", "is_han"))
    has_core = np.array([bool(name.core) for name in parsed], dtype=bool)
    both_han, both_legal = is_han[left] & is_han[right], is_legal[left] & is_legal[right]
    slip = _slips(cores, left, right, both_han & ~same_core, ratio >= limits["name_from", "unlike"])
    found = [
        (~(has_core[left] & has_core[right]), ""),
        (same_full & is_legal[left], "legal_name"),
        (same_full, "equal"),
        (same_core, "core"),
        (is_han[left] != is_han[right], "other_script"),
        *((slip == level, level) for level in ("swapped", "dropped", "exchanged")),
        (~both_han & (ratio >= limits["name_from", "close"]), "close"),
        (contained & both_legal, "longer"),
        (contained, "contained"),
        *((ratio >= limits["name_from", level], level) for level in ("similar", "unlike")),
    ]
    return np.select([condition for condition, _ in found], [level for _, level in found], "different")


def _slips(
    cores: NDArray[np.object_], left: IntArray, right: IntArray, wanted: NDArray[np.bool_], is_alike: NDArray[np.bool_]
) -> StrArray:
    """How one slip of writing makes one core of the other; '' where it does not, or the pair is not ``wanted``."""
    signs = _numbers(["".join(sorted(core)) for core in cores])
    length = np.array([len(core) for core in cores], dtype=np.int64)
    slip = np.full(len(left), "", dtype="U9")
    slip[wanted & (signs[left] == signs[right])] = "swapped"
    is_near = (np.maximum(length[left], length[right]) >= SHORTEST_SLIP) & (np.abs(length[left] - length[right]) < 2)
    near = np.flatnonzero(wanted & is_alike & (slip == "") & is_near)
    distance = process.cpdist(
        cores[left[near]].tolist(), cores[right[near]].tolist(),
        scorer=OSA.distance, score_cutoff=1, dtype=np.int32, workers=-1,
    )  # fmt: skip
    one = near[distance == 1]
    slip[one] = np.where(length[left[one]] == length[right[one]], "exchanged", "dropped")
    return slip


def _contained(left: list[str], right: list[str], ratio: NDArray[np.float32]) -> NDArray[np.bool_]:
    """One name within the other: all words of a Latin one of five letters or more, three signs or more of a Chinese
    one.
    """
    found = np.zeros(len(left), dtype=bool)
    for i in np.flatnonzero((ratio < 100) & (ratio >= 25)):
        short, long = sorted((left[i], right[i]), key=len)
        if short.isascii():
            words = short.split()
            found[i] = len(short) > 4 and set(words) <= set(long.split())
        else:
            found[i] = len(short) > 2 and short in long
    return found


def mark_levels(parsed: list[ParsedName], left: IntArray, right: IntArray) -> StrArray:
    """Numbers, directions and branch words: ``equal``, ``one_side``, ``differ``, '' where neither has one."""
    return _by_texts([name.marks for name in parsed], left, right, lambda a, b: "differ" if a and b else "one_side")


def place_levels(parsed: list[ParsedName], left: IntArray, right: IntArray) -> StrArray:
    """Places within names: ``equal``, ``one_side`` where one says more than the other (宁波市北仑区 and 宁波),
    ``differ`` where each says what the other does not (浙江 and 宁波), '' where neither has one.
    """

    def level(a: frozenset[str], b: frozenset[str]) -> str:
        return "one_side" if a <= b or b <= a else "differ"

    return _by_texts([name.places for name in parsed], left, right, level)


def trade_levels(parsed: list[ParsedName], left: IntArray, right: IntArray) -> StrArray:
    """Words of products and trades: ``differ`` where each name has one that the other lacks, else ''. A word within
    the other's (乙烯 of 聚苯乙烯) is a shorter or misspelt form, no other trade.
    """

    def level(a: frozenset[str], b: frozenset[str]) -> str:
        return "differ" if _foreign(a, b) and _foreign(b, a) else ""

    levels = _by_texts([name.trades for name in parsed], left, right, level)
    levels[levels == "equal"] = ""
    return levels


def _foreign(own: frozenset[str], other: frozenset[str]) -> bool:
    """A word of one name that no word of the other is a form of; Latin words stand for themselves."""
    return any(word not in other and (word.isascii() or not any(word in w or w in word for w in other)) for word in own)


def _by_texts(
    texts: list[str], left: IntArray, right: IntArray, level: Callable[[frozenset[str], frozenset[str]], str]
) -> StrArray:
    """Level of each pair by the words of two texts, each pair of distinct texts compared once."""
    distinct = list(dict.fromkeys(texts))
    number = {text: i for i, text in enumerate(distinct)}
    rows = np.array([number[text] for text in texts], dtype=np.int64)
    has_words = np.array([bool(text) for text in texts], dtype=bool)
    levels = np.where(has_words[left] & (rows[left] == rows[right]), "equal", "").astype("U8")
    unequal = np.flatnonzero(rows[left] != rows[right])
    pairs, index = np.unique(rows[left[unequal]] * len(distinct) + rows[right[unequal]], return_inverse=True)
    words = [frozenset(text.split()) for text in distinct]
    found = [level(words[pair // len(distinct)], words[pair % len(distinct)]) for pair in pairs.tolist()]
    levels[unequal] = np.array(found, dtype="U8")[index]
    return levels


def _numbers(texts: Iterable[str]) -> IntArray:
    """A number for each distinct text."""
    known: dict[str, int] = {}
    return np.fromiter((known.setdefault(text, len(known)) for text in texts), np.int64)
