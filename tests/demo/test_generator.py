"""What a user relies on of the demo generator: same seed same bytes, books that balance, fiction that is fiction.

Does not belong here: whether the intake agrees with the truth (test_intake_agrees.py).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from ehpilot.demo import generate, geography, names, network, world
from ehpilot.kernels.identity import is_cas_number, is_credit_code
from ehpilot.profile import PROFILES_DIR, load_profile

SMALL = 0.1


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def tree(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path.relative_to(folder))] = str(path.readlink()).encode()
        elif path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("made")
    generate(folder / "landing", folder / "truth", scale=SMALL)
    return folder / "landing", folder / "truth"


@pytest.fixture(scope="module")
def whole() -> world.World:
    return world.build(20260301, 1.0)


def test_the_same_seed_gives_the_same_bytes(made: tuple[Path, Path], tmp_path: Path) -> None:
    generate(tmp_path / "landing", tmp_path / "truth", scale=SMALL)
    for first, second in zip(made, (tmp_path / "landing", tmp_path / "truth"), strict=True):
        assert tree(first) == tree(second)


def test_another_seed_gives_other_values(made: tuple[Path, Path], tmp_path: Path) -> None:
    generate(tmp_path / "landing", tmp_path / "truth", seed=7, scale=SMALL)
    assert tree(made[1])["emissions.csv"] != tree(tmp_path / "truth")["emissions.csv"]


def test_every_source_of_the_landing_folder_has_files(made: tuple[Path, Path]) -> None:
    wanted = {
        "permit", "census", "key_unit", "chemical_survey", "site_survey", "monitoring", "meteorology", "receptor",
        "exposure_survey", "literacy", "beach", "indicator", "supervision", "pilot", "geography", "decisions",
    }  # fmt: skip
    assert wanted <= {path.name for path in made[0].iterdir()}


def test_every_file_is_in_the_books_and_the_books_balance(made: tuple[Path, Path]) -> None:
    landing, truth = made
    counts = {row["path"]: row for row in rows_of(truth / "expected_counts.csv")}
    present = {
        str(path.relative_to(landing))
        for path in landing.rglob("*")
        if (path.is_file() or path.is_symlink()) and not path.name.startswith((".", "~$"))
    }
    assert present == set(counts)
    for row in counts.values():
        parts = [int(row[f"records_{part}"]) for part in ("loaded", "quarantined", "skipped")]
        assert int(row["records_read"]) == sum(parts) and min(parts) >= 0, row


def test_spoilt_records_add_up_to_the_counts(made: tuple[Path, Path]) -> None:
    counts = {row["path"]: row for row in rows_of(made[1] / "expected_counts.csv")}
    told: Counter[tuple[str, str]] = Counter()
    for row in rows_of(made[1] / "spoilt.csv"):
        told[row["path"], row["disposition"]] += int(row["records"])
    for path, row in counts.items():
        bad = "refused" if row["status"] == "refused" else "quarantined"
        assert told[path, bad] == int(row["records_quarantined"]), path
        assert told[path, "skipped"] == int(row["records_skipped"]), path


@pytest.mark.parametrize(
    ("path", "sheet", "head", "records_a_row"),
    [
        ("permit/排污单位基本信息.xlsx", "排污单位基本信息", 3, 1),
        ("permit/排放口基本信息.xlsx", "排放口基本信息", 3, 1),
        ("key_unit/环境监管重点单位名录_2025.xlsx", "重点单位名录", 2, 1),
        ("receptor/敏感点.xlsx", "敏感点", 1, 1),
    ],
)
def test_workbooks_hold_the_records_that_the_books_say(
    made: tuple[Path, Path], path: str, sheet: str, head: int, records_a_row: int
) -> None:
    book = openpyxl.load_workbook(made[0] / path)
    seen = book[sheet].max_row - head
    counts = {row["path"]: int(row["records_read"]) for row in rows_of(made[1] / "expected_counts.csv")}
    assert counts[path] == seen * records_a_row


def test_census_is_gb18030_and_holds_what_the_books_say(made: tuple[Path, Path]) -> None:
    content = (made[0] / "census/G103_废气.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    records = list(csv.reader(io.StringIO(content.decode("gb18030"), newline="")))
    counts = {row["path"]: int(row["records_read"]) for row in rows_of(made[1] / "expected_counts.csv")}
    assert counts["census/G103_废气.csv"] == len(records) - 1


def test_codes_have_right_check_digits_in_a_region_that_does_not_exist(whole: world.World) -> None:
    for site in whole.sites:
        assert is_credit_code(site.credit_code), site.credit_code
        assert site.credit_code[2:4] == "99"
        assert not is_credit_code(names.broken_credit_code(site.credit_code))


def test_names_are_marked_as_fiction(whole: world.World) -> None:
    assert all(site.name.startswith("示例") and "虚构" in site.name for site in whole.sites)
    assert "虚构" in names.ZONE_NAME and "虚构" in names.ISSUING_UNIT
    assert names.person(3).startswith("测试人") and names.telephone(3).startswith("100")


def test_scale_one_has_the_plants_that_later_work_needs(whole: world.World) -> None:
    assert 240 <= len(whole.sites) <= 280
    assert 120 <= sum(site.handles_listed for site in whole.sites) <= 145
    plants = Counter(site.kind.kind_id for site in whole.active if site.kind.is_synthetic and "permit" in site.sources)
    assert len(plants) == 5 and min(plants.values()) >= 6
    classes = {site.kind.industry_code for site in whole.sites if site.kind.is_synthetic}
    assert classes == {"2651", "2652", "2653", "2659"}
    assert all(len(site.activity_t) == 8 and (site.activity_t > 0).all() for site in whole.sites)


def test_hard_cases_of_matching_are_there(whole: world.World) -> None:
    cases = Counter(case.split(":")[0] for site in whole.sites for case in site.cases)
    for case in ("two_sites_one_code", "two_codes", "renamed", "merged_into", "stopped", "permit_shared_with"):
        assert cases[case] >= 2, case
    assert len({site.enterprise_id for site in whole.sites}) == len(whole.sites)


def test_stacks_emit_what_their_activity_and_factor_say(whole: world.World) -> None:
    for site in whole.sites[:40]:
        for code, grams in site.kind.air:
            total = sum(v for (_, medium, of), v in site.emission_t.items() if medium == "air" and of == code)
            per_tonne = total / site.activity_t * 1e6
            assert (per_tonne > grams / 15).all() and (per_tonne < grams * 15).all()


def test_air_is_worse_in_the_parks_than_at_the_background(whole: world.World) -> None:
    points = [point for point in network.points(whole) if point.medium == "环境空气"]

    def mean(role: str) -> float:
        values = [point.mean["100-42-5"] for point in points if point.role == role]
        return sum(values) / len(values)

    assert mean("园区") > 2 * mean("背景")
    assert mean("园区") > mean("敏感点") > mean("背景")


def test_substances_of_the_demo_have_right_cas_numbers() -> None:
    rows = rows_of(Path(generate.__code__.co_filename).parent / "substances.csv")
    assert all(is_cas_number(row["pollutant_id"]) for row in rows if row["pollutant_id"][:1].isdigit())


def test_the_profile_carries_the_outlines_that_the_generator_draws(tmp_path: Path) -> None:
    geography.write_profile(tmp_path)
    kept = PROFILES_DIR / "demo" / "geography" / "areas.geojson"
    assert (tmp_path / "areas.geojson").read_bytes() == kept.read_bytes()


def test_the_profile_is_marked_as_fiction_and_has_three_parks() -> None:
    profile = load_profile("demo")
    assert profile.is_fictional and len(profile.parks) == 3 and profile.crs_metric == "EPSG:4550"
    assert {park.name_cn for park in profile.parks} == set(names.PARK_NAMES.values())


def test_a_scale_that_is_not_positive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="scale"):
        generate(tmp_path / "landing", tmp_path / "truth", scale=0)
