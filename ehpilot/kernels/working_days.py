"""Days on which offices work, counted on from a day.

A period in working days begins on the day after and ends on its last working day. Days off are Saturdays, Sundays and
the days that the caller names. The holidays and moved working days that the State Council announces each year stand in
no table here (none was seen), so weekdays count as working days: a period is then too short by what is off in it, never
too long.

Belongs here: counting. Does not belong here: how many days what takes (seed appeal_rule).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from ehpilot.kernels.columns import ordered, values_by


def working_day_after(day: dt.date, count: int, days_off: Iterable[dt.date] = ()) -> dt.date:
    """The ``count``-th working day after ``day``, which does not count itself. ValueError where ``count`` < 1."""
    if count < 1:
        raise ValueError(f"{count} working days are no period")
    found = np.busday_offset(day, count, roll="backward", holidays=sorted(days_off))
    return found.astype(dt.date)


def appeal_deadlines(appeals: pa.Table, rules: pa.Table, rule_id: str = "AR-06") -> pa.Table:
    """Last day of the decision of each appeal: ``appeal_id``, ``decide_by`` (null where the day it was accepted is).

    ``appeals``: ``appeal_id``, ``filed_at``. ``rules``: ``rule_id``, ``limit_days``, ``day_kind`` (working, calendar).
    """
    by_id = {row["rule_id"]: row for row in rules.select(["rule_id", "limit_days", "day_kind"]).to_pylist()}
    rule = by_id[rule_id]
    rows = ordered(appeals, "appeal_id")
    days = [_end(filed, rule) for filed in rows["filed_at"].to_pylist()]
    return pa.table({"appeal_id": rows["appeal_id"], "decide_by": pa.array(days, pa.date32())})


def notice_ends(notices: pa.Table, parameters: pa.Table) -> pa.Table:
    """Last day of each public notice: ``application_id``, ``shown_at``, ``ends_at``.

    ``notices``: ``application_id``, ``shown_at`` (day). ``parameters``: ``fund.notice_days`` (working days).
    """
    count = int(values_by(parameters, "parameter_id")["fund.notice_days"])
    rows = ordered(notices, "application_id")
    ends = [working_day_after(day, count) for day in rows["shown_at"].to_pylist()]
    return rows.select(["application_id", "shown_at"]).append_column("ends_at", pa.array(ends, pa.date32()))


def _end(filed: dt.date | None, rule: dict) -> dt.date | None:
    if filed is None:
        return None
    if rule["day_kind"] == "working":
        return working_day_after(filed, rule["limit_days"])
    return filed + dt.timedelta(days=rule["limit_days"])
