"""The manual that one area publishes, in the profile of another: its next build accounts with it and names its rows.

Does not belong here: reading and writing a release (tests/test_released_factors.py, tests/publish), deriving factors.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.area import Area, ehpilot

SCALE = 0.5  # the smallest demo with three plants a product, less is not published
PROCESS, PRODUCT = "PET-CP", "聚酯"  # of a product that tells its process without the word of a unit
CLAIMS = "select * from inventory.emission_claim where method = 'factor' and outlet_id like '%:unknown'"
PROFILE = """name: elsewhere
name_cn: 虚构市另一开发区（虚构）
is_fictional: true
extends: national
as_of: 2026-10-31
assessment_year: 2025
"""


@pytest.fixture(scope="module")
def publishing(tmp_path_factory: pytest.TempPathFactory, key_folder: Path) -> Area:
    """The area that publishes a manual."""
    folder = tmp_path_factory.mktemp("publishing")
    area = Area(folder / "landing", folder / "truth", folder / "out")
    made = ehpilot("demo", "--out", str(area.landing), "--truth", str(area.truth), "--scale", str(SCALE))
    assert made.returncode == 0, made.stderr
    built = area.build("--no-reports")
    assert built.returncode == 0, built.stdout + built.stderr
    return area


@pytest.fixture
def elsewhere(publishing: Area, tmp_path: Path) -> Area:
    """An area that knows who its plants are and what they made, and nothing of what they released."""
    landing, profile = tmp_path / "landing" / "permit", tmp_path / "profile"
    landing.mkdir(parents=True)
    shutil.copy(publishing.landing / "permit" / "排污单位基本信息.xlsx", landing)
    book = openpyxl.load_workbook(publishing.landing / "permit" / "执行报告_2025.xlsx")
    for name in book.sheetnames:
        if name != "主要产品产量":
            del book[name]
    book.save(landing / "执行报告_2025.xlsx")
    profile.mkdir()
    (profile / "area.yml").write_text(PROFILE, encoding="utf-8")
    return Area(tmp_path / "landing", publishing.truth, tmp_path / "out", str(profile))


def build(area: Area) -> str:
    """Build an edition; its input hash."""
    done = area.build("--no-reports")
    assert done.returncode == 0, done.stdout + done.stderr
    ((text),) = [row["input_hash"] for row in area.sql("select input_hash from meta.edition")]
    return text


def account(area: Area, *words: str) -> dict:
    """The best row of the manual for 1,000 t of the product."""
    done = area.run(
        "account", "--process", PROCESS, "--product", PRODUCT, "--activity", "1000", *words, "--format", "json"
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def released(path: Path) -> dict[tuple[str, str, str], dict[str, str]]:
    """Rows of a release that account for a process by (stage, medium, pollutant): for all technologies and scales
    first."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["process_id"] == PROCESS and row["control_state"] == "controlled" and row["stage"]
        ]
    rows.sort(key=lambda row: (row["technology_id"] != "", row["scale_class"] != "", row["factor_id"]), reverse=True)
    return {(row["stage"], row["medium"], row["pollutant_id"]): row for row in rows}


def claims_are_output_times_factor(area: Area, rows: dict[tuple[str, str, str], dict[str, str]]) -> None:
    """Every plant of the process has a claim of each factor, which wins and traces to its row of the release."""
    made = {
        row["enterprise_id"]: row["quantity"]
        for row in area.sql(
            "select enterprise_id, sum(quantity) as quantity from inventory.activity "
            f"where process_id = '{PROCESS}' and item_kind = 'product' and unit = 't' and period like '2025Q_' "
            "group by enterprise_id having count(*) = 4"
        )
    }
    found = {
        (row["enterprise_id"], row["stage"], row["medium"], row["pollutant_id"]): row
        for row in area.sql(f"{CLAIMS} and process_id = '{PROCESS}' and year = 2025 and is_winner")
    }
    assert len(made) >= 3 and len(found) == len(made) * len(rows)
    for site, tonnes in made.items():
        for key, factor in rows.items():
            claim = found[(site, *key)]
            assert claim["emission_t"] == pytest.approx(tonnes * float(factor["factor"]) / 1000), (site, key)
            assert f"factors/2026.csv:{factor['factor_id']}" in str(claim["_origin"])


def account_names_the_row(publishing: Area, elsewhere: Area, rows: dict[tuple[str, str, str], dict[str, str]]) -> None:
    """The command gives the released row with its version there, the derived one here: the same figure."""
    (stage, medium, pollutant), row = next(iter(rows.items()))
    words = ("--pollutant", pollutant, "--stage", stage, "--medium", medium, "--control", "controlled")
    answer = account(elsewhere, *words)
    assert (answer["factor_id"], answer["version"]) == (f"released:{row['factor_id']}", row["version"])
    assert answer["emission"] == pytest.approx(1000 * float(row["factor"])) and answer["method"] == "released"
    own = account(publishing, *words)
    assert own["factor_id"] == row["factor_id"] and own["emission"] == pytest.approx(answer["emission"])


@pytest.mark.slow
def test_another_area_accounts_with_the_published_manual(publishing: Area, elsewhere: Area) -> None:
    manual = publishing.latest / "coefficients" / "factors.csv"
    rows = released(manual)
    assert rows, f"the demo publishes factors of {PROCESS}"
    before = build(elsewhere)
    assert elsewhere.sql(CLAIMS) == []

    folder = Path(elsewhere.profile) / "factors"
    folder.mkdir()
    shutil.copy(manual, folder / "2026.csv")
    assert build(elsewhere) != before, "a release is input: the same files make another edition"
    claims_are_output_times_factor(elsewhere, rows)
    account_names_the_row(publishing, elsewhere, rows)
