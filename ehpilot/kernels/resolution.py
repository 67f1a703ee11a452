"""From scored pairs to sites: which entries become one, which a clerk must look at, which stand alone.

Belongs here: thresholds, one entry a register, one permit number a site, ambiguous entries. Does not belong here:
evidence and scores (``matching``), clerks' decisions (``decisions``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ehpilot.kernels.matching import Entities, Scored, probability, rule_of

AUTOMATIC, HELD, QUEUE, NEW = "automatic", "held", "queue", "new"


@dataclass(frozen=True)
class Thresholds:
    """Scores from which a pair is one site by itself or goes to a clerk; ``margin`` in ln odds by which the best
    candidate must beat another site.
    """

    automatic: float
    queue: float
    margin: float


@dataclass(frozen=True)
class Outcome:
    """What becomes of one entry: the entry whose site it is (its own index when it stands alone), the score and rule of
    that, status, and the candidate a clerk should look at (-1 for none). ``score`` is NaN without any candidate.
    """

    site: int
    score: float
    rule: str
    status: str
    candidate: int


def resolve(entities: Entities, rank: Sequence[int], scored: Scored, thresholds: Thresholds) -> list[Outcome]:
    """One outcome an entry.

    Pairs are taken from the best down (ties by indices). A pair over the automatic threshold joins two groups unless
    they hold two permit numbers, list the same register, the weaker entry has another site as good within the margin,
    its evidence needs a clerk, or it would bring together two that codes or places keep apart: then it goes to the
    clerk. Within a group the entry of the lowest ``rank`` (then the first) gives the site.
    """
    score = probability(scored.ln_odds)
    order = np.lexsort((scored.other, scored.one, -scored.ln_odds))
    order = order[score[order] >= thresholds.queue]
    groups = _Groups(entities, rank, _kept_apart(scored, score >= thresholds.automatic))
    rivals = _rivals(scored, order, thresholds.margin)
    joined: dict[int, int] = {}
    waiting: list[int] = []
    for pair in order:
        one, other = int(scored.one[pair]), int(scored.other[pair])
        if groups.root(one) == groups.root(other):
            continue
        is_sure = score[pair] >= thresholds.automatic and pair not in rivals and not scored.needs_clerk[pair]
        if is_sure and groups.can_join(one, other):
            weaker = groups.join(one, other)
            joined.setdefault(weaker, int(pair))
        else:
            waiting.append(int(pair))
    return _outcomes(scored, score, groups, joined, waiting)


def _rivals(scored: Scored, order: np.ndarray, margin: float) -> set[int]:
    """Pairs whose entry has another partner, in the same register as this one's, nearly as good."""
    best: dict[tuple[int, bool], list[int]] = {}
    for pair in order:
        best.setdefault((int(scored.one[pair]), False), []).append(int(pair))
        best.setdefault((int(scored.other[pair]), True), []).append(int(pair))
    by_entry: dict[int, list[int]] = {}
    for (entry, _), pairs in best.items():
        by_entry.setdefault(entry, []).extend(pairs)
    found: set[int] = set()
    for entry, pairs in by_entry.items():
        if len(pairs) < 2:
            continue
        pairs.sort(key=lambda p: (-scored.ln_odds[p], p))
        first = pairs[0]
        for rival in pairs[1:]:
            if scored.ln_odds[first] - scored.ln_odds[rival] > margin:
                break
            if _are_two_sites(scored, entry, first, rival):
                found |= {first, rival}
    return found


def _are_two_sites(scored: Scored, entry: int, first: int, rival: int) -> bool:
    def partner(pair: int) -> int:
        return int(scored.other[pair] if scored.one[pair] == entry else scored.one[pair])

    return bool(scored.sources[partner(first)] & scored.sources[partner(rival)])


def _kept_apart(scored: Scored, is_sure: np.ndarray) -> dict[int, set[int]]:
    """Entry → entries that must not come into its group, among those that a chain of sure pairs could join."""
    parent = list(range(len(scored.sources)))
    for one, other in zip(scored.one[is_sure].tolist(), scored.other[is_sure].tolist(), strict=True):
        parent[_root(parent, one)] = _root(parent, other)
    chains: dict[int, list[int]] = {}
    for entry in {*scored.one[is_sure].tolist(), *scored.other[is_sure].tolist()}:
        chains.setdefault(_root(parent, entry), []).append(entry)
    pairs = [pair for chain in chains.values() if len(chain) > 2 for pair in combinations(sorted(chain), 2)]
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    is_apart = scored.are_apart(left, right)
    apart: dict[int, set[int]] = {}
    for one, other in zip(left[is_apart].tolist(), right[is_apart].tolist(), strict=True):
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    return apart


def _root(parent: list[int], entry: int) -> int:
    while parent[entry] != entry:
        parent[entry] = parent[parent[entry]]
        entry = parent[entry]
    return entry


class _Groups:
    """Union of entries with what a site may hold once (a register, a permit number) and whom it must not meet."""

    def __init__(self, entities: Entities, rank: Sequence[int], apart: dict[int, set[int]]):
        count = len(entities.entity_id)
        self.parent = list(range(count))
        self.sources = [int(bits) for bits in entities.sources]
        self.permits = [{number} - {""} for number in entities.permit_no]
        self.rank = [(int(rank[i]), i) for i in range(count)]
        self.apart = apart

    def root(self, entry: int) -> int:
        return _root(self.parent, entry)

    def can_join(self, one: int, other: int) -> bool:
        a, b = self.root(one), self.root(other)
        if self.sources[a] & self.sources[b] or len(self.permits[a] | self.permits[b]) > 1:
            return False
        return all(self.root(entry) != b for entry in self.apart.get(a, ()))

    def join(self, one: int, other: int) -> int:
        """Join two groups under the stronger root; returns the root that gave way."""
        stronger, weaker = sorted((self.root(one), self.root(other)), key=lambda i: self.rank[i])
        self.parent[weaker] = stronger
        self.sources[stronger] |= self.sources[weaker]
        self.permits[stronger] |= self.permits[weaker]
        if weaker in self.apart:
            self.apart.setdefault(stronger, set()).update(self.apart[weaker])
        return weaker


def _outcomes(
    scored: Scored, score: np.ndarray, groups: _Groups, joined: dict[int, int], waiting: list[int]
) -> list[Outcome]:
    def rule(pair: int) -> str:
        return rule_of({feature: str(levels[pair]) for feature, levels in scored.levels.items()})

    queued: dict[int, tuple[int, int]] = {}
    for pair in waiting:  # best first: the first pair of an entry is its candidate
        a, b = (groups.root(int(scored.one[pair])), groups.root(int(scored.other[pair])))
        if a == b:
            continue
        stronger, weaker = sorted((a, b), key=lambda i: groups.rank[i])
        queued.setdefault(weaker, (pair, stronger))
    outcomes = []
    for entry in range(len(groups.parent)):
        site = groups.root(entry)
        if entry in joined:
            pair = joined[entry]
            outcomes.append(Outcome(site, float(score[pair]), rule(pair), AUTOMATIC, -1))
        elif entry in queued and site == entry:
            pair, candidate = queued[entry]
            outcomes.append(Outcome(entry, float(score[pair]), rule(pair), QUEUE, candidate))
        else:
            outcomes.append(Outcome(entry, float("nan"), "", NEW, -1))
    return outcomes
