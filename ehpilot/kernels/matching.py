"""Which entries of several registers are one production site.

Method: Fellegi and Sunter, "A Theory for Record Linkage", JASA 64 (1969) 1183, with the frequency of the name (Winkler
1989): the natural logarithms of the odds of each piece of evidence are added to that of the prior; the score is the
probability ``1 / (1 + exp(-sum))``. Strings are compared by rapidfuzz only. Weights and thresholds are the caller's
(parameters ``match.*``).

Belongs here: evidence and scores of candidate pairs. Does not belong here: parts of names (``company_names``) and their
likeness (``name_comparison``), which pairs become one site (``resolution``), decisions of clerks (``decisions``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from ehpilot.kernels.blocking import candidate_pairs
from ehpilot.kernels.company_names import NameWords, ParsedName, bracketed_names, parse_address, parse_name
from ehpilot.kernels.geo import great_circle_distance_m
from ehpilot.kernels.identity import are_credit_codes, are_organisation_codes
from ehpilot.kernels.name_comparison import mark_levels, name_levels, place_levels, trade_levels

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
    address_count: IntArray
    core_count: IntArray
    is_credit: NDArray[np.bool_]
    is_old_code: NDArray[np.bool_]


@dataclass(frozen=True)
class Scored:
    """Pairs of entities: indices, sum of ln odds, whether a clerk must decide whatever the sum, the levels of evidence
    found (feature → level of each pair); register bits of every entity; ``are_apart`` says of any pairs whether codes
    or places keep them apart within a group of others too; kind of block → entities of crowded blocks, not compared by
    it with all of their neighbours.
    """

    one: IntArray
    other: IntArray
    ln_odds: FloatArray
    sources: IntArray
    needs_clerk: NDArray[np.bool_]
    are_apart: Callable[[IntArray, IntArray], NDArray[np.bool_]]
    levels: dict[str, NDArray[np.str_]] = field(default_factory=dict)
    cut: dict[str, NDArray[np.bool_]] = field(default_factory=dict)


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
        [address for address, _ in addresses], [number for _, number in addresses],
        _holders([address for address, _ in addresses], entities.sources), count,
        are_credit_codes(list(entities.credit_code)), are_organisation_codes(list(entities.credit_code)),
    )  # fmt: skip


def _holders(texts: list[str], sources: IntArray) -> IntArray:
    """For each text (core of a name row, address), how many rows of one register (the one with most) have it; at
    least 1.
    """
    group = np.unique(np.array(texts, dtype=np.str_), return_inverse=True)[1]
    most = np.ones(group.max(initial=-1) + 1, dtype=np.int64)
    for bit in range(int(sources.max(initial=0)).bit_length()):
        listed = (sources >> bit) & 1
        most = np.maximum(most, np.bincount(group, weights=listed, minlength=len(most)).astype(np.int64))
    return most[group]


def score_pairs(entities: Entities, words: NameWords, weights: Weights) -> Scored:
    """Score all candidate pairs of entities that share no register.

    Args:
        weights: ``(feature, level)`` → ln odds; ``("prior", "")``; limits of names as ``("name_from", level)`` in
            percent, of distances as ``("place_to", level)`` in metres; ``("clerk", "feature level")`` for evidence that
            a clerk must see, ``("apart", …)`` of location and code also where a third entry joins the two.
    Returns:
        Pairs in order of their indices. Raises KeyError for a level without weight.
    """
    prepared = prepare(entities, words)
    one, other, cut = candidate_pairs(
        [name.core for name in prepared.parsed], [name.grams for name in prepared.parsed], prepared.row_entity,
        entities.longitude, entities.latitude, prepared.address, entities.credit_code, entities.sources,
    )  # fmt: skip
    parts = [
        _score(prepared, one[start : start + _CHUNK], other[start : start + _CHUNK], weights)
        for start in range(0, len(one), _CHUNK)
    ]

    def are_apart(left: IntArray, right: IntArray) -> NDArray[np.bool_]:
        return _named_levels(_beside_names(prepared, left, right, weights), weights, "apart")

    if not parts:
        none = np.zeros(0, dtype=bool)
        return Scored(one, other, np.zeros(0), entities.sources, none, are_apart, cut=cut)
    levels = {name: np.concatenate([found[name] for _, found in parts]) for name in parts[0][1]}
    ln_odds = np.concatenate([part[0] for part in parts])
    needs_clerk = _named_levels(levels, weights, "clerk") | _named_levels(levels, weights, "apart")
    return Scored(one, other, ln_odds, entities.sources, needs_clerk, are_apart, levels, cut)


def _score(
    prepared: Prepared, one: IntArray, other: IntArray, weights: Weights
) -> tuple[FloatArray, dict[str, NDArray[np.str_]]]:
    name_ln, levels = _best_names(prepared, one, other, weights)
    beside = _beside_names(prepared, one, other, weights)
    total = weights["prior", ""] + name_ln + _weigh_location(prepared, one, other, beside["location"], weights)
    for feature in ("code", "permit_no"):
        total += _weigh(feature, beside[feature], weights)
    return total, levels | beside


def _beside_names(prepared: Prepared, one: IntArray, other: IntArray, weights: Weights) -> dict[str, NDArray[np.str_]]:
    return {
        "location": _locations(prepared, one, other, weights),
        "code": _codes(prepared, one, other),
        "permit_no": _equal_or_not(prepared.entities.permit_no, one, other),
    }


def _named_levels(levels: Mapping[str, NDArray[np.str_]], weights: Weights, kind: str) -> NDArray[np.bool_]:
    """Pairs with a level that a row ``(kind, "feature level")`` names. A common number, or a code one slip off, waives
    it.
    """
    waived = np.isin(levels["code"], ("equal", "old_equal", "one_off")) | (levels["permit_no"] == "equal")
    found = np.zeros(len(waived), dtype=bool)
    for feature, level in (key[1].split() for key in weights if key[0] == kind):
        found |= levels[feature] == level
    return found & ~waived


def _weigh(feature: str, level: NDArray[np.str_], weights: Weights) -> FloatArray:
    words, index = np.unique(level, return_inverse=True)
    return np.array([weights[feature, str(word)] if word else 0.0 for word in words])[index]


def _best_names(
    prepared: Prepared, one: IntArray, other: IntArray, weights: Weights
) -> tuple[FloatArray, dict[str, NDArray[np.str_]]]:
    """Ln odds and levels of the best pair of names of each pair of entities."""
    counts = np.diff(prepared.first_row)
    combinations = counts[one] * counts[other]
    pair = np.repeat(np.arange(len(one)), combinations)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(combinations) - combinations, combinations)
    left = prepared.first_row[one[pair]] + within // counts[other[pair]]
    right = prepared.first_row[other[pair]] + within % counts[other[pair]]
    level = name_levels(prepared.parsed, left, right, weights)
    is_former = prepared.is_former[left] | prepared.is_former[right]
    level = np.where((level == "legal_name") & is_former, "former_name", level)
    levels = {
        "name": level,
        "marks": mark_levels(prepared.parsed, left, right),
        "named_place": place_levels(prepared.parsed, left, right),
        "trade": np.full(len(pair), "", dtype="U8"),
    }
    alike = np.flatnonzero(~np.isin(level, ("", "different")))  # among names quite different a trade says no more
    levels["trade"][alike] = trade_levels(prepared.parsed, left[alike], right[alike])
    shared = np.maximum(prepared.core_count[left], prepared.core_count[right])
    counts_here = np.isin(level, ("legal_name", "former_name", "equal", "core", "contained"))
    ln_odds = sum((_weigh(feature, found, weights) for feature, found in levels.items()), np.zeros(len(pair)))
    ln_odds = ln_odds - np.where(counts_here, np.log(shared), 0.0)
    order = np.lexsort((np.arange(len(pair)), -ln_odds, pair))
    best = order[np.searchsorted(pair[order], np.arange(len(one)))]
    return ln_odds[best], {feature: found[best] for feature, found in levels.items()}


def _equal_or_not(values: Sequence[str], one: IntArray, other: IntArray) -> NDArray[np.str_]:
    array = np.array(list(values), dtype=np.str_)
    a, b = array[one], array[other]
    return np.select([(a == "") | (b == ""), a == b], ["", "equal"], "differ")


def _locations(prepared: Prepared, one: IntArray, other: IntArray, weights: Weights) -> NDArray[np.str_]:
    """Where two entries say they are, as one piece of evidence: place, address, park and postal code depend on each
    other, so that their agreement counts once. A park or postal code counts alone where nothing better is known.
    """
    place, address = _places(prepared.entities, one, other, weights), _addresses(prepared, one, other, weights)
    park = _equal_or_not(prepared.entities.park, one, other)
    postal = _equal_or_not(prepared.entities.postal_code, one, other)
    is_here, is_same_address = np.isin(place, ("same", "near")), address == "equal"
    is_vague = ~is_here & ~np.isin(place, ("apart", "far"))
    at_address = np.char.add("address_", np.where(place == "", "only", place))
    here_differ = np.char.add(place, "_differ")
    found = [
        ((park == "differ") & (is_here | is_same_address), "park_border"),
        (park == "differ", "park_differ"),
        (is_same_address, at_address),
        (is_here & (address == "differ"), here_differ),
        (is_vague & (address == "similar"), "street"),
        (place != "", place),
        (address != "", "differ"),
        (park == "equal", "park"),
        (postal == "equal", "postal"),
        (postal == "differ", "postal_differ"),
    ]
    return np.select([condition for condition, _ in found], [np.asarray(level) for _, level in found], "")


def _weigh_location(
    prepared: Prepared, one: IntArray, other: IntArray, location: NDArray[np.str_], weights: Weights
) -> FloatArray:
    """Ln odds of locations. An address or street that n entries of one register give counts ln n less, and never less
    than the place alone would count.
    """
    ln_odds = _weigh("location", location, weights)
    holders = np.log(np.maximum(prepared.address_count[one], prepared.address_count[other]))
    by_place = {"address_same": weights["location", "same"], "address_near": weights["location", "near"]}
    least = np.array([by_place.get(level, 0.0) for level in location.tolist()])
    rests = np.char.startswith(location, "address_") | (location == "street")
    return np.where(rests & (ln_odds > 0), np.maximum(ln_odds - holders, np.minimum(ln_odds, least)), ln_odds)


def _places(entities: Entities, one: IntArray, other: IntArray, weights: Weights) -> NDArray[np.str_]:
    metres = great_circle_distance_m(
        entities.longitude[one], entities.latitude[one], entities.longitude[other], entities.latitude[other]
    )
    steps = ("same", "near", "around", "apart")
    known = [np.isnan(metres)] + [metres <= weights["place_to", step] for step in steps]
    return np.select(known, ["", *steps], "far")


def _addresses(prepared: Prepared, one: IntArray, other: IntArray, weights: Weights) -> NDArray[np.str_]:
    """``equal`` with a house number, ``similar`` to a street or without one, ``differ``, '' where one is missing. Latin
    letters are many: with an equal number a similar street is that street; one Chinese sign makes another street.
    """
    addresses = np.array(prepared.address, dtype=object)
    left, right = addresses[one].tolist(), addresses[other].tolist()
    ratio = process.cpdist(left, right, scorer=fuzz.ratio, dtype=np.float32, workers=-1)
    house = np.array(prepared.house_no, dtype=np.str_)
    a, b = house[one], house[other]
    missing = np.fromiter((not (x and y) for x, y in zip(left, right, strict=True)), bool, len(left))
    is_latin = np.fromiter((x.isascii() for x in prepared.address), bool, len(prepared.address))[one]
    equal_from = np.where(is_latin, weights["address_from", "similar"], weights["address_from", "equal"])
    equal = (ratio >= equal_from) & (a == b) & (a != "")
    differ = ((a != b) & (a != "") & (b != "")) | (ratio < weights["address_from", "similar"])
    return np.select([missing, equal, differ], ["", "equal", "differ"], "similar")


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
                 "contained": "PART-NAME", "longer": "PART-NAME", "swapped": "SWAPPED-SIGNS",
                 "dropped": "DROPPED-SIGN", "exchanged": "OTHER-SIGN", "similar": "SIMILAR-NAME",
                 "other_script": "OTHER-SCRIPT"},
        "location": {"same": "PLACE", "near": "PLACE", "same_differ": "PLACE", "near_differ": "PLACE",
                     "address_same": "PLACE+ADDRESS", "address_near": "PLACE+ADDRESS",
                     "address_around": "ADDRESS", "address_apart": "ADDRESS", "address_only": "ADDRESS",
                     "street": "STREET", "park": "PARK"},
    }  # fmt: skip
    return (
        "+".join(found[levels[feature]] for feature, found in words.items() if levels.get(feature) in found) or "WEAK"
    )
