"""Merges and splits of clerks: what became of each, one row a decision.

Belongs here: reading decisions and keys, writing outcomes. The rules are ``ehpilot.kernels.decisions``.
"""

import pyarrow as pa

from ehpilot.kernels.decisions import SiteDecision, follow


def model(dbt, session):
    dbt.config(materialized="table")
    keys = dbt.ref("int_inventory__keys_resolved").select("object_id, enterprise_id").fetchall()
    decided = (
        dbt.ref("stg_intake__decisions")
        .filter("kind in ('merge', 'split')")
        .select("decision_id, kind, object_id, decided, coalesce(cast(decided_at as varchar), '')")
        .fetchall()
    )
    followed = follow([SiteDecision(*row) for row in decided], dict(keys))
    return pa.table(
        {
            "decision_id": pa.array([f.decision_id for f in followed], pa.string()),
            "object_id": pa.array([f.object_id for f in followed], pa.string()),
            "enterprise_id": pa.array([f.site or None for f in followed], pa.string()),
            "is_used": pa.array([f.is_used for f in followed], pa.bool_()),
            "reason_code": pa.array([f.reason_code or None for f in followed], pa.string()),
        }
    )
