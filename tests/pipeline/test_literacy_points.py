"""``ehpilot sample literacy``: the points that an edition has drawn, for the year that is asked.

Does not belong here: the draw itself (``tests/kernels/test_survey_sampling.py``).
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict

import pytest

from tests.area import Area


def test_points_weigh_up_to_the_frame_and_any_year_can_be_asked(demo: Area) -> None:
    """Σ residents/π of a stratum's points is the stratum: PPS by residents, certain ones included."""
    (drawn,) = {row["year"] for row in demo.sql("select distinct year from pilot.literacy_point")}
    told = demo.says("sample", "literacy", "--year", str(drawn), "--format", "json")
    later = demo.says("sample", "literacy", "--year", str(drawn + 1), "--format", "json")
    assert (told.returncode, later.returncode) == (0, 0), told.stderr + later.stderr
    points, next_points = json.loads(told.stdout), json.loads(later.stdout)
    assert f"frame of {drawn}" in later.stderr and f"frame of {drawn}" not in told.stderr
    assert next_points == [point | {"year": drawn + 1} for point in points]
    people: dict[str, float] = defaultdict(float)
    for point in points:
        if not point["is_replacement"]:
            people[point["stratum"]] += point["residents_15_69"] / point["inclusion_probability"]
    frame: dict[str, float] = defaultdict(float)
    with (demo.landing / "literacy" / "抽样框.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            frame[f"{row['街道']}（{row['类别']}）"] += float(row["15–69岁人数"])
    assert dict(people) == pytest.approx(dict(frame))
