"""``ehpilot sample literacy``: the points that an edition has drawn, for the year that is asked, and the weights of a
survey that was taken at them.

Does not belong here: the draw itself (``tests/kernels/test_survey_sampling.py``).
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict

import pytest

from tests.area import Area

SURVEY = "居民环境健康素养调查_2026.csv"
LEAST_SECONDS = 180


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


def test_a_survey_at_the_points_drawn_has_the_weights_of_the_draw(demo: Area) -> None:
    """The demo's second wave was taken at the points that the edition draws: its PSUs are these villages and no others,
    w = residents/(π × valid respondents of the point), and how far the stated weights are off is told. The first was
    not, and is a gap."""
    points = {
        row["name_cn"]: row["residents_15_69"] / row["inclusion_probability"]
        for row in demo.sql("select * from pilot.literacy_point where not is_replacement")
    }
    with (demo.landing / "literacy" / SURVEY).open(encoding="gb18030", newline="") as file:
        people = list(csv.DictReader(file))
    assert {row["PSU"] for row in people} == set(points)
    valid = [row for row in people if int(row["用时s"]) >= LEAST_SECONDS]
    count = Counter(row["PSU"] for row in valid)
    made = [points[row["PSU"]] / count[row["PSU"]] for row in valid]
    stated = [float(row["权重"]) for row in valid]
    off = max(abs(s / sum(stated) * sum(made) / w - 1) for s, w in zip(stated, made, strict=True))
    found = {
        row["year"]: row
        for row in demo.sql(
            "select year, n, weight_basis, weight_difference from pilot.literacy "
            "where dimension = 'total' and group_kind = 'all'"
        )
    }
    assert (found[2026]["n"], found[2026]["weight_basis"]) == (len(valid), "draw")
    assert found[2026]["weight_difference"] == pytest.approx(off) and off > 0.01
    assert (found[2025]["weight_basis"], found[2025]["weight_difference"]) == ("file", None)
    gaps = demo.sql("select gap_id from meta.gap where gap_id like 'LITERACY:%:SURVEY-NOT-DRAWN'")
    assert [row["gap_id"] for row in gaps] == ["LITERACY:2025:SURVEY-NOT-DRAWN"]
