"""Entities of different registers that are one site by name, address and place: one row an entity.

Belongs here: reading words, weights and entities, writing outcomes. The method is ``ehpilot.kernels.matching``.
"""

import math

import numpy as np
import pyarrow as pa

from ehpilot.kernels.company_names import NameWords, split_names
from ehpilot.kernels.matching import Entities, score_pairs
from ehpilot.kernels.resolution import Thresholds, resolve


def model(dbt, session):
    dbt.config(materialized="table")
    rows = dbt.ref("int_inventory__entities_described").order("enterprise_id").fetchall()
    column = dict(zip(dbt.ref("int_inventory__entities_described").columns, zip(*rows, strict=True), strict=False))
    weights = {(f, level or ""): value for f, level, value in
               dbt.ref("int_inventory__match_weights_chosen").select("feature, level, value").fetchall()}  # fmt: skip
    regions = [
        word
        for name, aliases in dbt.ref("int_geography__areas_outlined").select("name_cn, aliases").fetchall()
        for word in (name, *(aliases or []))
        if word
    ]
    words = NameWords.from_rows(dbt.ref("name_word").select("kind, word, usual").fetchall(), regions)
    outcomes = []
    if rows:
        entities = Entities(
            entity_id=column["enterprise_id"],
            names=column["names"],
            former_names=[split_names(former) for former in column["former_names"]],
            **{name: [text or "" for text in column[name]] for name in ("address", "credit_code", "permit_no")},
            postal_code=[(text or "")[:5] if (text or "")[:5].isdigit() else "" for text in column["postal_code"]],
            park=[text or "" for text in column["park_id"]],
            longitude=np.array([math.nan if x is None else x for x in column["longitude"]]),
            latitude=np.array([math.nan if x is None else x for x in column["latitude"]]),
            sources=np.array(column["sources"], dtype=np.int64),
        )
        thresholds = Thresholds(*(weights["threshold", name] for name in ("automatic", "queue", "margin")))
        outcomes = resolve(entities, column["entity_rank"], score_pairs(entities, words, weights), thresholds)
    ids = column.get("enterprise_id", ())
    return pa.table(
        {
            "entity_id": pa.array(ids, pa.string()),
            "enterprise_id": pa.array([ids[found.site] for found in outcomes], pa.string()),
            "match_score": pa.array([None if math.isnan(f.score) else f.score for f in outcomes], pa.float64()),
            "rule": pa.array([found.rule for found in outcomes], pa.string()),
            "status": pa.array([found.status for found in outcomes], pa.string()),
            "candidate_id": pa.array([ids[f.candidate] if f.candidate >= 0 else None for f in outcomes], pa.string()),
        }
    )
