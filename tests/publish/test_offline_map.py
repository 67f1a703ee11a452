"""The map's folder: what its data hold, what a public one leaves out, and the page used in a real browser from disk."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lxml import html

from ehpilot.publish.offline_map import write_offline_map

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync", "--dump-dom",
         "--disable-background-networking", "--disable-component-update", "--virtual-time-budget=8000",
         "--window-size=1400,900", "--enable-logging=stderr")  # fmt: skip
SECRET = "示例甲化工（虚构）"

TABLES = (Path(__file__).parent / "map_edition.sql").read_text(encoding="utf-8")


def edition(folder: Path, number: int, *changes: str) -> Path:
    """A hand-made edition of two placed sources, one without a place, four cells."""
    folder.mkdir()
    with duckdb.connect(str(folder / "marts.duckdb")) as con:
        con.execute(TABLES)
        con.execute(
            "insert into meta.edition values (?, 'demo', '示范区', true, ?, 2025, '', '', null, 1, '', '2026-11-30')",
            [number, f"2026-{number:02d}-28"],
        )
        for change in changes:
            con.execute(change)
    return folder


def data_of(folder: Path) -> dict[str, Any]:
    text = (folder / "map" / "data.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("const EDITION = ").rstrip().removesuffix(";"))


def rows(layer: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(layer["columns"], row, strict=True)) for row in layer["rows"]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The map of edition 2, with edition 1 on its slider."""
    folder = tmp_path_factory.mktemp("map")
    first = edition(folder / "0001", 1, "update risk_grade.source_grade set grade = 1 where enterprise_id = 'E1'",
                    "delete from risk_grade.source_grade where enterprise_id = 'E2'")  # fmt: skip
    write_offline_map(edition(folder / "0002", 2), folder, [first])
    return folder


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public map of the same edition."""
    folder = tmp_path_factory.mktemp("public")
    write_offline_map(edition(folder / "0002", 2), folder, is_public=True)
    return folder


def test_placed_risk_sources_are_on_the_map_and_those_without_a_place_are_counted(made: Path) -> None:
    data = data_of(made)
    assert [row["id"] for row in rows(data["sources"])] == ["E1", "E2"]
    assert data["about"]["unplaced"] == 1


def test_codes_are_words(made: Path) -> None:
    (first, _) = rows(data_of(made)["sources"])
    assert (first["reasons"], first["colour"], first["park"]) == (["危害负荷1级"], "橙码", "甲园")
    assert first["why"] == "苯无组织排放占危害负荷 60 %"


def test_places_are_metres_of_the_metric_system(made: Path) -> None:
    first, second = rows(data_of(made)["sources"])
    # 0.02° of latitude are 2,217 m, of longitude at 28.44° N 1,958 m (GRS 80).
    assert second["y_m"] - first["y_m"] == pytest.approx(2217, abs=25)
    assert second["x_m"] - first["x_m"] == pytest.approx(1958, abs=25)


def test_a_grade_that_is_unknown_is_not_green(made: Path) -> None:
    assert data_of(made)["moments"][-1]["sources"] == "20"
    assert data_of(made)["moments"][-1]["cells"] == "1230"


def test_the_slider_has_the_earlier_edition_as_it_was(made: Path) -> None:
    first = data_of(made)["moments"][0]
    assert (first["edition"], first["as_of"], first["sources"]) == (1, "2026-01-28", "1-")


def test_outlines_hold_the_red_line(made: Path) -> None:
    outlines = {outline["kind"]: outline for outline in data_of(made)["outlines"]}
    assert set(outlines) == {"area", "park", "ecological_red_line"}
    assert outlines["ecological_red_line"]["label"] == "生态保护红线"


def test_the_public_map_has_no_enterprise_in_its_files(public: Path) -> None:
    for name in ("data.js", "index.html"):
        text = (public / "map" / name).read_text(encoding="utf-8")
        assert SECRET not in text and '"E1"' not in text


def test_people_of_small_cells_are_not_in_the_public_data_and_their_grades_are(public: Path) -> None:
    cells = rows(data_of(public)["cells"])
    assert [cell["people"] for cell in cells] == ["<10", 500, "<10", 12]
    assert [cell["grade"] for cell in cells] == [1, 2, 3, None]
    assert "cancer_risk" not in cells[0]


def test_same_edition_same_bytes(made: Path, tmp_path: Path) -> None:
    write_offline_map(made / "0002", tmp_path, [made / "0001"])
    for file in (made / "map").iterdir():
        assert (tmp_path / "map" / file.name).read_bytes() == file.read_bytes()


def test_an_edition_without_places_has_no_map(tmp_path: Path) -> None:
    empty = edition(
        tmp_path / "0001", 1, "update core.dim_enterprise set longitude = null", "delete from core.dim_grid_cell"
    )
    assert write_offline_map(empty, tmp_path) == []
    assert not (tmp_path / "map").exists()


USER = (Path(__file__).parent / "map_user.js").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is missing: `make system` installs it (root)")
def test_the_page_is_used_from_disk(made: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made / "map", tmp_path / "map"))
    page = folder / "index.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("</body>", f"<script>{USER}</script></body>"), encoding="utf-8"
    )
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "CONSOLE" not in result.stderr
    (note,) = html.fromstring(result.stdout).xpath("//pre[@id='seen']")
    seen = json.loads(note.text_content())
    assert seen["names"] == [SECRET, "示例乙树脂（虚构）"]
    assert (
        "二级 橙（1）" in seen["legend"]
        and "资料不足（1）" in seen["legend"]
        and "另有 1 个风险源没有坐标" in seen["legend"]
    )
    assert seen["cells"] > 100
    assert seen["found"] == ["示例乙树脂（虚构）"]
    assert "苯无组织排放占危害负荷 60 %" in seen["card"] and "二级 橙 90%" in seen["card"]
    assert "最大 90.0%" in seen["toxic"]
    assert "一级 红（1）" in seen["then"] and "第1版" in seen["moment"]
    assert seen["grades"] == ["一级 红", "—"]
    assert {"网格等级", "风险源", "敏感场所", "监测点位", "试点区", "园区", "生态保护红线"} == set(seen["layers"])
    assert seen["asked"] == []
