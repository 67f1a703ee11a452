"""``ehpilot sample enterprise``: a draw that anybody can repeat, dossier and sources side by side.

Does not belong here: how a cell is traced (``test_trace``), what a dossier holds (``test_dossier``).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ehpilot.errors import UsageError
from ehpilot.publish import spot_check_page
from ehpilot.reading import spot_check
from tests.area import Area


def test_the_same_seed_draws_the_same_and_another_seed_others(demo: Area) -> None:
    first = spot_check.draw(demo.latest, 3, 5, 7)
    assert first == spot_check.draw(demo.latest, 3, 5, 7)
    drawn = {row["enterprise_id"] for row in first}
    assert len(drawn) == 3 and len(first) == 15
    others = [{row["enterprise_id"] for row in spot_check.draw(demo.latest, 3, 1, seed)} for seed in range(5)]
    assert any(one != drawn for one in others)


def test_facts_are_of_many_sections_and_their_sources_are_files_that_landed(demo: Area) -> None:
    rows, known = (spot_check.draw(demo.latest, 2, facts, 3) for facts in (8, 0))
    for number in (1, 2):
        sections = [row["section_no"] for row in rows if row["draw_no"] == number]
        all_of_it = {row["section_no"] for row in known if row["draw_no"] == number}
        assert len(sections) == 8 and len(set(sections)) == min(8, len(all_of_it)) > 5, "one of every section first"
    files = {row["path"] for row in rows if row["path"] and row["state"] == "reported"}
    assert files and all((demo.landing / path).is_file() for path in files)
    same = [row for row in rows if row["is_same"]]
    assert same and all(row["source_text"].strip() in str(row["value"]) for row in same)


def test_more_than_there_are_is_refused(demo: Area) -> None:
    for count in (0, 10_000):
        with pytest.raises(UsageError, match="can be drawn"):
            spot_check.draw(demo.latest, count, 1, 1)


@pytest.mark.parametrize(("facts", "seed"), [(-3, 1), (5, -1)])
def test_numbers_below_nothing_are_refused(demo: Area, facts: int, seed: int) -> None:
    with pytest.raises(UsageError, match="below 0"):
        spot_check.draw(demo.latest, 1, facts, seed)


def test_a_fact_is_a_record_and_the_station_is_its_own_column(demo: Area) -> None:
    """That nothing is on file is no fact that sources can show; the station's number stands beside 站号, not wind."""
    rows = spot_check.draw(demo.latest, 2, 0, 3)
    assert rows and not [row for row in rows if row["value"] == "无记录"]
    assert {row["source_field"] for row in rows if row["field"] == "气象站"} == {"站号"}


def test_the_page_is_marked_and_leaves_room_for_what_is_found(demo: Area, tmp_path: Path) -> None:
    rows = spot_check.draw(demo.latest, 1, 2, 1)
    page = spot_check_page.write(tmp_path, demo.latest, rows, 1)
    text = page.read_text(encoding="utf-8")
    assert page.name == "抽查_第1版_种子1.html" and "演示数据（虚构）" in text
    assert text.count('class="found"') == 2 and rows[0]["enterprise_id"] in text


def test_the_command_prints_the_draw(demo: Area) -> None:
    result = demo.says("sample", "enterprise", "-k", "1", "--facts", "2", "--seed", "4", "--format", "json")
    assert result.returncode == 0, result.stderr
    assert '"source_text"' in result.stdout
