"""Entries of several registers in, the site of each out: the matching of ``matching`` and ``resolution`` over tables.

Belongs here: columns as the method wants them (one empty text for nothing said, five digits of a postal code), seeds of
words and weights as look-ups. Does not belong here: evidence and scores (``matching``), who joins whom
(``resolution``), parts of names (``company_names``).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ehpilot.kernels.columns import doubles, ordered, texts, texts_or_null
from ehpilot.kernels.company_names import NameWords, split_names
from ehpilot.kernels.matching import Entities, Weights, score_pairs
from ehpilot.kernels.resolution import Outcome, Thresholds, resolve

POSTAL_DIGITS = 5  # of a postal code that count: a US ZIP without its +4, a Chinese code without its last digit


def match_entities(entities: pa.Table, areas: pa.Table, weights: pa.Table, words: pa.Table) -> pa.Table:
    """One row an entity, by its id: the id whose site it is (its own where it stands alone), score (0 to 1, NaN
    without a candidate), rule, status (``automatic``, ``queue``, ``new``) and the candidate a clerk should look at.

    ``entities``: ``enterprise_id``, ``names`` and ``former_names`` (lists), ``address``, ``postal_code``,
    ``longitude``, ``latitude`` (degrees), ``park_id``, ``credit_code``, ``permit_no``, ``sources`` (bits of
    registers), ``entity_rank``; what is missing is no evidence for or against. ``areas``: ``name_cn``, ``aliases``,
    words that tell no two sites apart; ``weights``: ``feature``, ``level``, ``value``; ``words``: ``kind``, ``word``,
    ``usual``.
    """
    rows = ordered(entities, "enterprise_id")
    ids = texts(rows, "enterprise_id")
    found = _outcomes(rows, _weights(weights), _words(words, areas)) if ids else []
    return pa.table(
        {
            "entity_id": pa.array(ids, pa.string()),
            "enterprise_id": pa.array([ids[outcome.site] for outcome in found], pa.string()),
            "match_score": pa.array([outcome.score for outcome in found], pa.float64()),
            "rule": pa.array([outcome.rule for outcome in found], pa.string()),
            "status": pa.array([outcome.status for outcome in found], pa.string()),
            "candidate_id": texts_or_null([ids[f.candidate] if f.candidate >= 0 else "" for f in found]),
        }
    )


def _outcomes(rows: pa.Table, weights: Weights, words: NameWords) -> list[Outcome]:
    postal = [code[:POSTAL_DIGITS] for code in texts(rows, "postal_code")]
    entities = Entities(
        entity_id=texts(rows, "enterprise_id"),
        names=rows["names"].to_pylist(),
        former_names=[split_names(former) for former in rows["former_names"].to_pylist()],
        address=texts(rows, "address"),
        postal_code=[code if code.isdigit() else "" for code in postal],
        longitude=doubles(rows, "longitude"),
        latitude=doubles(rows, "latitude"),
        park=texts(rows, "park_id"),
        credit_code=texts(rows, "credit_code"),
        permit_no=texts(rows, "permit_no"),
        sources=np.array(rows["sources"].to_pylist(), dtype=np.int64),
    )
    thresholds = Thresholds(*(weights["threshold", name] for name in ("automatic", "queue", "margin")))
    return resolve(entities, rows["entity_rank"].to_pylist(), score_pairs(entities, words, weights), thresholds)


def _weights(table: pa.Table) -> Weights:
    keys = zip(texts(table, "feature"), texts(table, "level"), strict=True)
    return dict(zip(keys, doubles(table, "value").tolist(), strict=True))


def _words(words: pa.Table, areas: pa.Table) -> NameWords:
    names = zip(areas["name_cn"].to_pylist(), areas["aliases"].to_pylist(), strict=True)
    regions = [word for name, aliases in names for word in (name, *(aliases or [])) if word]
    return NameWords.from_rows(
        zip(texts(words, "kind"), texts(words, "word"), texts(words, "usual"), strict=True), regions
    )
