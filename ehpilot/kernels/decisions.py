"""Merges and splits that clerks decided, followed or refused.

A decision without a date is older than any with one; one that names no key or no site is refused.

Belongs here: which site a source key gets by decision, chains of merges, cycles, objects that are gone.
Does not belong here: reading decision files and their expiry (``ehpilot.landing.folder.decisions``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from ehpilot.kernels.columns import texts, texts_or_null

SITE_ID = re.compile(r"[0-9A-Z]{18}-[0-9]{3}|X[0-9a-f]{17}-[0-9]{3}")
KINDS = ("merge", "split")
SUPERSEDED, CYCLE, OBJECT = "DUP-DIFF", "DECISION-CYCLE", "DECISION-OBJECT"


@dataclass(frozen=True)
class SiteDecision:
    """A merge or split: ``object_id`` is ``source:key``, ``site`` the enterprise_id it gets; ``decided_at`` ISO or
    ''.
    """

    decision_id: str
    kind: str
    object_id: str
    site: str
    decided_at: str = ""


@dataclass(frozen=True)
class Followed:
    """What became of a decision: the site its key gets, or why it is not used (``reason_code``)."""

    decision_id: str
    object_id: str
    site: str
    is_used: bool
    reason_code: str


def follow_decisions(decisions: pa.Table, keys: pa.Table) -> pa.Table:
    """One row a merge or split, by ``decision_id``: the site its key gets, or null and the reason why it is not used.

    ``decisions``: ``decision_id``, ``kind`` (others than merge and split are left out), ``object_id``, ``decided`` (the
    site), ``decided_at`` (date or ISO text); ``keys``: ``object_id`` (``source:key``), ``enterprise_id``.
    """
    rows = decisions.filter(pc.is_in(decisions["kind"], pa.array(KINDS)))
    rows = rows.set_column(rows.column_names.index("decided_at"), "decided_at", rows["decided_at"].cast(pa.string()))
    stated = zip(
        *(texts(rows, name) for name in ("decision_id", "kind", "object_id", "decided", "decided_at")), strict=True
    )
    site_of_key = dict(zip(texts(keys, "object_id"), texts(keys, "enterprise_id"), strict=True))
    followed = follow([SiteDecision(*row) for row in stated], site_of_key)
    return pa.table(
        {
            "decision_id": pa.array([f.decision_id for f in followed], pa.string()),
            "object_id": texts_or_null([f.object_id for f in followed]),
            "enterprise_id": texts_or_null([f.site for f in followed]),
            "is_used": pa.array([f.is_used for f in followed], pa.bool_()),
            "reason_code": texts_or_null([f.reason_code for f in followed]),
        }
    )


def follow(decisions: Sequence[SiteDecision], site_of_key: Mapping[str, str]) -> list[Followed]:
    """Follow decisions over the sites that codes and scores gave (``source:key`` → enterprise_id), in order of their
    ids.

    A key that no register names any more, a merge into a site that does not exist, or a split into something that is no
    site's id: DECISION-OBJECT. Merges that lead back to where they began: DECISION-CYCLE, none of them is followed.
    Of two decisions on one key the newer counts, the older is DUP-DIFF; of the same day neither is followed. A merge
    into a site whose keys have all been merged away goes on to where they went.
    """
    sites = set(site_of_key.values())
    refused = {d.decision_id: OBJECT for d in decisions if not _has_object(d, site_of_key, sites)}
    refused |= _contradicted([d for d in decisions if d.decision_id not in refused])
    open_merges = [d for d in decisions if d.kind == "merge" and d.decision_id not in refused]
    refused |= dict.fromkeys(_cycles(open_merges, site_of_key), CYCLE)
    used = [d for d in decisions if d.decision_id not in refused]
    onward = _emptied({d.object_id: d.site for d in used}, site_of_key)
    followed = []
    for decision in sorted(decisions, key=lambda d: d.decision_id):
        reason = refused.get(decision.decision_id, "")
        site = "" if reason else _end(decision.site, onward)
        followed.append(Followed(decision.decision_id, decision.object_id, site, not reason, reason))
    return followed


def _has_object(decision: SiteDecision, site_of_key: Mapping[str, str], sites: set[str]) -> bool:
    """The key is named by a register, a merge goes into a known site, a split into one or into an id of a site."""
    if decision.object_id not in site_of_key:
        return False
    is_new_site = decision.kind == "split" and SITE_ID.fullmatch(decision.site) is not None
    return decision.site in sites or is_new_site


def _contradicted(decisions: Sequence[SiteDecision]) -> dict[str, str]:
    by_key: dict[str, list[SiteDecision]] = {}
    for decision in decisions:
        by_key.setdefault(decision.object_id, []).append(decision)
    refused = {}
    for group in by_key.values():
        newest = max(d.decided_at for d in group)
        sites = {d.site for d in group if d.decided_at == newest}
        for decision in group:
            if decision.decided_at < newest or len(sites) > 1:
                refused[decision.decision_id] = SUPERSEDED
    return refused


def _cycles(merges: Sequence[SiteDecision], site_of_key: Mapping[str, str]) -> list[str]:
    """Ids of merges that lie on a way back to their own beginning."""
    onward: dict[str, set[str]] = {}
    for merge in merges:
        start = site_of_key[merge.object_id]
        if start != merge.site:
            onward.setdefault(start, set()).add(merge.site)
    return [
        m.decision_id
        for m in merges
        if site_of_key[m.object_id] != m.site and site_of_key[m.object_id] in _reached(m.site, onward)
    ]


def _reached(start: str, onward: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(onward.get(node, ()))
    return seen


def _emptied(decided: Mapping[str, str], site_of_key: Mapping[str, str]) -> dict[str, str]:
    """Sites all of whose keys were decided to one other site, with that site."""
    targets: dict[str, set[str]] = {}
    for key, site in site_of_key.items():
        targets.setdefault(site, set()).add(decided.get(key, site))
    return {site: next(iter(ends)) for site, ends in targets.items() if len(ends) == 1 and ends != {site}}


def _end(site: str, onward: Mapping[str, str]) -> str:
    seen = {site}
    while site in onward and onward[site] not in seen:
        site = onward[site]
        seen.add(site)
    return site
