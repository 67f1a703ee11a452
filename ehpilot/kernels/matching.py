"""Which entries of several registers are one production site.

Method: Fellegi and Sunter, "A Theory for Record Linkage", JASA 64 (1969) 1183, with the frequency of the name (Winkler
1989): the natural logarithms of the odds of each piece of evidence are added to that of the prior; the score is the
probability ``1 / (1 + exp(-sum))``. Strings are compared by rapidfuzz only. Weights and thresholds are the caller's
(parameters ``match.*``).

Belongs here: candidates by blocking, evidence, scores, and which of them become one site. Does not belong here: parts
of names (``company_names``), the ids that codes give, decisions of clerks (``decisions``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from ehpilot.kernels.blocking import candidate_pairs
from ehpilot.kernels.company_names import NameWords, ParsedName, bracketed_names, parse_address, parse_name
from ehpilot.kernels.geo import great_circle_distance_m
from ehpilot.kernels.identity import are_credit_codes, are_organisation_codes

Weights = Mapping[tuple[str, str], float]
IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
_CHUNK = 500_000  # pairs scored at a time, so that memory does not grow with their number


@dataclass(frozen=True)
class Entities:
    """Entries to be matched, one an index: columns of equal length, '' or NaN where a register does not say.

    ``names`` those in use, ``former_names`` those that an entry says it had; ``sources`` bits of the registers that
    list it; ``permit_no`` a number that no other site has. Entries that share a register are not compared: it lists
    them as two.
    """

    entity_id: Sequence[str]
    names: Sequence[Sequence[str]]
    former_names: Sequence[Sequence[str]]
    address: Sequence[str]
    postal_code: Sequence[str]
    longitude: FloatArray
    latitude: FloatArray
    park: Sequence[str]
    credit_code: Sequence[str]
    permit_no: Sequence[str]
    sources: IntArray


@dataclass
class Prepared:
    """Entities with their names parsed. ``row_entity`` is the entity of each name row, ``first_row`` the first row of
    each entity, in order.
    """

    entities: Entities
    parsed: list[ParsedName]
    is_former: NDArray[np.bool_]
    row_entity: IntArray
    first_row: IntArray
    address: list[str]
    house_no: list[str]
    core_count: IntArray
    is_credit: NDArray[np.bool_]
    is_old_code: NDArray[np.bool_]


@dataclass(frozen=True)
class Scored:
    """Pairs of entities: indices, sum of ln odds, the levels of evidence found (feature → level of each pair), and the
    register bits of every entity.
    """

    one: IntArray
    other: IntArray
    ln_odds: FloatArray
    sources: IntArray
    levels: dict[str, NDArray[np.str_]] = field(default_factory=dict)


def probability(ln_odds: FloatArray) -> FloatArray:
    """Score of a sum of ln odds, to four digits so that it prints as it decides."""
    return np.round(1.0 / (1.0 + np.exp(-ln_odds)), 4)


def prepare(entities: Entities, words: NameWords) -> Prepared:
    """Parse names and addresses once."""
    parsed: list[ParsedName] = []
    is_former: list[bool] = []
    row_entity: list[int] = []
    first_row = np.zeros(len(entities.entity_id) + 1, dtype=np.int64)
    for index, (names, former) in enumerate(zip(entities.names, entities.former_names, strict=True)):
        first_row[index] = len(parsed)
        for name in dict.fromkeys([*names, *former, *bracketed_names(names, words)]) or ("",):
            parsed.append(parse_name(name, words))
            is_former.append(name not in names)
            row_entity.append(index)
    first_row[-1] = len(parsed)
    rows = np.array(row_entity, dtype=np.int64)
    addresses = [parse_address(text, words) for text in entities.address]
    count = _holders([name.core for name in parsed], entities.sources[rows])
    return Prepared(
        entities, parsed, np.array(is_former, dtype=bool), rows, first_row,
        [address for address, _ in addresses], [number for _, number in addresses], count,
        are_credit_codes(list(entities.credit_code)), are_organisation_codes(list(entities.credit_code)),
    )  # fmt: skip


def _holders(cores: list[str], sources: IntArray) -> IntArray:
    """For each name row, how many entries of one register (the one with most) have its core; at least 1."""
    group = np.unique(np.array(cores, dtype=np.str_), return_inverse=True)[1]
    most = np.ones(group.max(initial=-1) + 1, dtype=np.int64)
    for bit in range(int(sources.max(initial=0)).bit_length()):
        listed = (sources >> bit) & 1
        most = np.maximum(most, np.bincount(group, weights=listed, minlength=len(most)).astype(np.int64))
    return most[group]


def score_pairs(entities: Entities, words: NameWords, weights: Weights) -> Scored:
    """Score all candidate pairs of entities that share no register.

    Args:
        weights: ``(feature, level)`` → ln odds; ``("prior", "")``; limits of names as ``("name_from", level)`` in
        percent,
            of distances as ``("place_to", level)`` in metres.
    Returns:
        Pairs in order of their indices. Raises KeyError for a level without weight.
    """
    prepared = prepare(entities, words)
    one, other = candidate_pairs(
        [name.core for name in prepared.parsed], [name.grams for name in prepared.parsed], prepared.row_entity,
        entities.longitude, entities.latitude, prepared.address, entities.credit_code, entities.sources,
    )  # fmt: skip
    parts = [
        _score(prepared, one[start : start + _CHUNK], other[start : start + _CHUNK], weights)
        for start in range(0, len(one), _CHUNK)
    ]
    if not parts:
        return Scored(one, other, np.zeros(0), entities.sources)
    levels = {name: np.concatenate([part.levels[name] for part in parts]) for name in parts[0].levels}
    return Scored(one, other, np.concatenate([part.ln_odds for part in parts]), entities.sources, levels)


def _score(prepared: Prepared, one: IntArray, other: IntArray, weights: Weights) -> Scored:
    total = np.full(len(one), weights["prior", ""])
    name_ln, name_level, marks_level = _best_names(prepared, one, other, weights)
    levels = {"name": name_level, "marks": marks_level}
    levels |= {
        "place": _places(prepared.entities, one, other, weights),
        "address": _addresses(prepared, one, other, weights),
        "postal_code": _equal_or_not(prepared.entities.postal_code, one, other),
        "park": _equal_or_not(prepared.entities.park, one, other),
        "code": _codes(prepared, one, other),
        "permit_no": _equal_or_not(prepared.entities.permit_no, one, other),
    }
    total += name_ln
    for feature, level in levels.items():
        if feature not in ("name", "marks"):
            total += _weigh(feature, level, weights)
    return Scored(one, other, total, prepared.entities.sources, levels)


def _weigh(feature: str, level: NDArray[np.str_], weights: Weights) -> FloatArray:
    words, index = np.unique(level, return_inverse=True)
    return np.array([weights[feature, str(word)] if word else 0.0 for word in words])[index]


def _best_names(
    prepared: Prepared, one: IntArray, other: IntArray, weights: Weights
) -> tuple[FloatArray, NDArray[np.str_], NDArray[np.str_]]:
    """Ln odds and levels of the best pair of names of each pair of entities."""
    counts = np.diff(prepared.first_row)
    combinations = counts[one] * counts[other]
    pair = np.repeat(np.arange(len(one)), combinations)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(combinations) - combinations, combinations)
    left = prepared.first_row[one[pair]] + within // counts[other[pair]]
    right = prepared.first_row[other[pair]] + within % counts[other[pair]]
    level = _name_levels(prepared.parsed, left, right, weights)
    is_former = prepared.is_former[left] | prepared.is_former[right]
    level = np.where((level == "legal_name") & is_former, "former_name", level)
    marks = _mark_levels(prepared.parsed, left, right)
    shared = np.maximum(prepared.core_count[left], prepared.core_count[right])
    counts_here = np.isin(level, ("legal_name", "former_name", "equal", "core", "contained"))
    ln_odds = _weigh("name", level, weights) + _weigh("marks", marks, weights)
    ln_odds = ln_odds - np.where(counts_here, np.log(shared), 0.0)
    order = np.lexsort((np.arange(len(pair)), -ln_odds, pair))
    best = order[np.searchsorted(pair[order], np.arange(len(one)))]
    return ln_odds[best], level[best], marks[best]


def _name_levels(parsed: list[ParsedName], left: IntArray, right: IntArray, weights: Weights) -> NDArray[np.str_]:
    core_left, core_right = [parsed[i].core for i in left], [parsed[i].core for i in right]
    ratio = process.cpdist(core_left, core_right, scorer=fuzz.ratio, dtype=np.float32, workers=-1)
    contained = _contained(core_left, core_right, ratio)
    same_full = np.fromiter(
        (parsed[i].full == parsed[j].full for i, j in zip(left, right, strict=True)), bool, len(left)
    )
    legal = np.fromiter((parsed[i].is_legal for i in left), bool, len(left))
    missing = np.fromiter((not (a and b) for a, b in zip(core_left, core_right, strict=True)), bool, len(left))
    steps = ("close", "similar", "unlike")
    return np.select(
        [missing, same_full & legal, same_full, ratio >= 100, ratio >= weights["name_from", steps[0]], contained]
        + [ratio >= weights["name_from", step] for step in steps[1:]],
        ["", "legal_name", "equal", "core", "close", "contained", *steps[1:]],
        "different",
    )


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


def _mark_levels(parsed: list[ParsedName], left: IntArray, right: IntArray) -> NDArray[np.str_]:
    a = np.array([parsed[i].marks for i in left] or [""])[: len(left)]
    b = np.array([parsed[i].marks for i in right] or [""])[: len(right)]
    return np.select([(a == "") & (b == ""), a == b, (a == "") | (b == "")], ["", "equal", "one_side"], "differ")


def _equal_or_not(values: Sequence[str], one: IntArray, other: IntArray) -> NDArray[np.str_]:
    array = np.array(list(values), dtype=np.str_)
    a, b = array[one], array[other]
    return np.select([(a == "") | (b == ""), a == b], ["", "equal"], "differ")


def _places(entities: Entities, one: IntArray, other: IntArray, weights: Weights) -> NDArray[np.str_]:
    metres = great_circle_distance_m(
        entities.longitude[one], entities.latitude[one], entities.longitude[other], entities.latitude[other]
    )
    steps = ("same", "near", "around", "apart")
    known = [np.isnan(metres)] + [metres <= weights["place_to", step] for step in steps]
    return np.select(known, ["", *steps], "far")


def _addresses(prepared: Prepared, one: IntArray, other: IntArray, weights: Weights) -> NDArray[np.str_]:
    left, right = [prepared.address[i] for i in one], [prepared.address[i] for i in other]
    ratio = process.cpdist(left, right, scorer=fuzz.ratio, dtype=np.float32, workers=-1)
    house = np.array(prepared.house_no, dtype=np.str_)
    other_house = (house[one] != house[other]) & (house[one] != "") & (house[other] != "")
    missing = np.fromiter((not (a and b) for a, b in zip(left, right, strict=True)), bool, len(left))
    return np.select(
        [missing, other_house, ratio >= weights["address_from", "equal"], ratio >= weights["address_from", "similar"]],
        ["", "differ", "equal", "similar"],
        "differ",
    )


def _codes(prepared: Prepared, one: IntArray, other: IntArray) -> NDArray[np.str_]:
    """Credit codes of two entries: equal, an old nine-digit code within a new one, one with a wrong check digit that
    differs in one sign or by two neighbours swapped, or two good codes that differ.
    """
    codes = np.array(list(prepared.entities.credit_code), dtype=np.str_)
    good, old = prepared.is_credit, prepared.is_old_code
    organisation = np.array([code[8:17] if len(code) == 18 else code for code in codes.tolist()], dtype=np.str_)
    a, b = codes[one], codes[other]
    has_both = (a != "") & (b != "")
    both_good = (good | old)[one] & (good | old)[other]
    same_old = (organisation[one] == organisation[other]) & (old[one] != old[other])
    near = np.zeros(len(one), dtype=bool)
    for i in np.flatnonzero(has_both & ~both_good & (a != b)):
        near[i] = len(a[i]) == len(b[i]) and OSA.distance(a[i], b[i], score_cutoff=1) == 1
    return np.select(
        [~has_both, a == b, same_old, near, both_good], ["", "equal", "old_equal", "one_off", "differ"], ""
    )


def rule_of(levels: Mapping[str, str]) -> str:
    """Words for the evidence of one pair, the strongest first: ``LEGAL-NAME+PLACE+ADDRESS``."""
    words = {
        "code": {"equal": "CODE", "old_equal": "OLD-CODE", "one_off": "CODE-ONE-OFF"},
        "name": {"legal_name": "LEGAL-NAME", "former_name": "FORMER-NAME", "equal": "NAME",
                 "core": "CORE-NAME", "close": "CLOSE-NAME",
                 "contained": "PART-NAME", "similar": "SIMILAR-NAME"},
        "place": {"same": "PLACE", "near": "PLACE"},
        "address": {"equal": "ADDRESS", "similar": "ADDRESS"},
        "park": {"equal": "PARK"},
    }  # fmt: skip
    return (
        "+".join(found[levels[feature]] for feature, found in words.items() if levels.get(feature) in found) or "WEAK"
    )


def ln_odds_of(score: float) -> float:
    """The sum of ln odds that gives a score, for thresholds."""
    return math.log(score / (1.0 - score))
