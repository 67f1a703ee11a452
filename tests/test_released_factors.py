"""Factors of a published manual in a profile: the newest release counts, a broken file says where it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from ehpilot.errors import UsageError
from ehpilot.facts.factors import factor_rows
from ehpilot.profile import Profile, load_profile

HEADER = "factor_id,version,process_id,product,stage,medium,pollutant_id,control_state,factor,unit,ci_low,rating\n"
ROW = "{id},{version},PVC-S,聚氯乙烯,production,air,75-01-4,controlled,{factor},kg/t,0.1,B\n"


def profile(folder: Path, **files: str) -> Profile:
    (folder / "factors").mkdir(parents=True)
    (folder / "area.yml").write_text("name: here\nname_cn: 某区\n", encoding="utf-8")
    for name, text in files.items():
        (folder / "factors" / f"{name}.csv").write_text(text, encoding="utf-8")
    return load_profile(folder)


def test_the_newest_release_counts(tmp_path: Path) -> None:
    found = factor_rows(
        profile(
            tmp_path,
            a=HEADER + ROW.format(id="new", version="2026-10-31", factor="0.2"),
            b=HEADER + ROW.format(id="old", version="2025-10-31", factor="0.3"),
        )
    )
    assert [(row["factor_id"], row["factor"], row["ci_low"], row["line"]) for row in found] == [("new", 0.2, 0.1, 2)]
    assert found[0]["technology_id"] is None and found[0]["prediction_low"] is None


def test_a_release_is_part_of_the_profile_and_thus_of_the_input(tmp_path: Path) -> None:
    here = profile(tmp_path, a=HEADER + ROW.format(id="x", version="1", factor="0.2"))
    before = here.content_hash()
    (tmp_path / "factors" / "a.csv").write_text(HEADER + ROW.format(id="x", version="1", factor="0.3"), "utf-8")
    assert here.content_hash() != before


def test_no_release_no_rows(tmp_path: Path) -> None:
    assert factor_rows(profile(tmp_path, empty=HEADER)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEADER.replace("factor,", "", 1).replace(",factor,", ","), "needs the column factor"),
        (HEADER + ROW.format(id="", version="1", factor="0.2"), "line 2: factor_id is empty"),
        (HEADER + ROW.format(id="x", version="1", factor="abc"), "no number"),
        (HEADER + ROW.format(id="x", version="1", factor="0"), "above 0"),
        (HEADER + ROW.format(id="x", version="1", factor="nan"), "above 0"),
        (HEADER + ROW.format(id="x", version="1", factor="inf"), "above 0"),
        (HEADER + ROW.format(id="x", version="1", factor="-1"), "above 0"),
        (HEADER + ROW.format(id="x", version="1", factor="0.2").replace("0.1,B", "inf,B"), "ci_low is no number"),
        (HEADER + 2 * ROW.format(id="x", version="1", factor="0.2"), "line 3: factor x stands in line 2"),
    ],
)
def test_a_broken_release_says_where(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        factor_rows(profile(tmp_path, a=text))
