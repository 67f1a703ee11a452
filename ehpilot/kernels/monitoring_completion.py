"""How far a monitoring scheme is carried out: what was due in each quarter, what was done, what counts, what is late.

What is due is a window of time with at least one sample in it: a month, a quarter, half a year or a year of the
calendar, a day where measuring is continuous. A window counts in the quarter in which it ends, and is due once it has
ended, where the scheme holds on all its days: one that is still open says nothing of completion, whether it has a
result or not. Done: a result was taken in it. Valid: one of use (quality level A or B). Late: it has none; what is made
up afterwards does not heal it.

Belongs here: windows and counts. Does not belong here: which scheme holds (SQL), what follows from being late (rules).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa

from ehpilot.kernels.columns import flags, texts, values_by

COMPLETION = pa.schema(
    [
        ("site_id", pa.string()),
        ("pollutant_id", pa.string()),
        ("period", pa.string()),
        ("planned", pa.int32()),
        ("done", pa.int32()),
        ("valid", pa.int32()),
        ("late", pa.int32()),
        ("last_late_on", pa.date32()),
    ]
)
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def completion(plans: pa.Table, results: pa.Table, parameters: pa.Table, build: pa.Table) -> pa.Table:
    """One row a site, substance and quarter in which something was due, over the last ``network.completion_quarters``
    quarters up to the as-of date; schema :data:`COMPLETION`. ``last_late_on``: last day of the newest window that was
    missed, null none.

    ``plans``: ``site_id``, ``pollutant_id``, ``frequency``, ``valid_from``, ``valid_to`` (dates, null open).
    ``results``: ``site_id``, ``pollutant_id``, ``sampled_on`` (date), ``is_valid``. ``build``: ``as_of``.
    """
    as_of: dt.date = build["as_of"][0].as_py()
    quarters = int(values_by(parameters, "parameter_id")["network.completion_quarters"])
    first = _month(as_of, -3 * (quarters - 1) - (as_of.month - 1) % 3)
    taken: dict[tuple[str, str], dict[dt.date, bool]] = defaultdict(dict)
    for site, pollutant, day, use in zip(
        texts(results, "site_id"), texts(results, "pollutant_id"), results["sampled_on"].to_pylist(),
        flags(results, "is_valid").tolist(), strict=True,
    ):  # fmt: skip
        days = taken[site, pollutant]
        days[day] = days.get(day, False) or use
    found: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    missed: dict[tuple[str, str, str], dt.date] = {}
    for row in plans.select(["site_id", "pollutant_id", "frequency", "valid_from", "valid_to"]).to_pylist():
        key = (row["site_id"], row["pollutant_id"])
        for start, end in _windows(row["frequency"], first, as_of):
            if (row["valid_from"] and start < row["valid_from"]) or (row["valid_to"] and end > row["valid_to"]):
                continue
            within = [use for day, use in taken[key].items() if start <= day <= end]
            quarter = (*key, f"{end.year}Q{(end.month + 2) // 3}")
            counts = found[quarter]
            for place, holds in enumerate((True, bool(within), any(within), not within)):
                counts[place] += holds
            if not within:
                missed[quarter] = max(end, missed.get(quarter, end))
    rows = [(*key, *counts, missed.get(key)) for key, counts in sorted(found.items())]
    return pa.table([list(column) for column in zip(*rows, strict=True)] or [[]] * len(COMPLETION), schema=COMPLETION)


def _windows(frequency: str, first: dt.date, as_of: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """First and last day of each window that ends from ``first`` on and by ``as_of``."""
    if frequency == "continuous":
        for number in range((as_of - first).days + 1):
            day = first + dt.timedelta(days=number)
            yield day, day
        return
    months = MONTHS[frequency]
    start = dt.date(first.year, (first.month - 1) // months * months + 1, 1)
    while (after := _month(start, months)) - dt.timedelta(days=1) <= as_of:
        yield start, after - dt.timedelta(days=1)
        start = after


def _month(day: dt.date, months: int) -> dt.date:
    """First day of the month so many months on."""
    number = day.year * 12 + day.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)
