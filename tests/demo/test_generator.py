"""What a user relies on of the demo generator: same seed same bytes, books that balance, fiction that is fiction.

Does not belong here: whether the intake agrees with the truth (test_intake_agrees.py).
"""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from ehpilot.demo import (
    claims,
    generate,
    geography,
    limits,
    lists,
    monitoring_begun,
    names,
    network,
    oversight,
    permit,
    permit_report,
    population,
    receptor,
    rule_courses,
    world,
)
from ehpilot.demo.dirt import HOSTILE_TEXTS
from ehpilot.demo.industry import COMBUSTION, SOLVENTS
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.monitoring_series import CHROMATOGRAPH_LIMIT_PPB
from ehpilot.demo.site_survey import QUESTIONS
from ehpilot.kernels.identity import is_cas_number, is_credit_code
from ehpilot.profile import PROFILES_DIR, load_profile
from ehpilot.project import DBT_DIR

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
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The smallest folder in which every kind of thing is there."""
    folder = tmp_path_factory.mktemp("large")
    generate(folder / "landing", folder / "truth", scale=0.5)
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
        "dispersion", "project", "platform", "procedure",
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


def test_the_survey_asks_what_the_seed_weighs() -> None:
    path = DBT_DIR / "seeds" / "methods" / "site_survey_question.csv"
    with path.open(encoding="utf-8", newline="") as file:
        assert tuple(row["question_cn"] for row in csv.DictReader(file)) == QUESTIONS


def test_scale_one_has_the_plants_that_later_work_needs(whole: world.World) -> None:
    assert 240 <= len(whole.sites) <= 290
    assert 120 <= sum(site.handles_listed for site in whole.sites) <= 155
    plants = Counter(site.kind.kind_id for site in whole.active if site.kind.is_synthetic and "permit" in site.sources)
    assert len(plants) == 6 and min(plants.values()) >= 6
    classes = {site.kind.industry_code for site in whole.sites if site.kind.is_synthetic}
    assert classes == {"2651", "2652", "2653", "2659"}
    for of_kind in plants:
        details = [site for site in whole.active if site.kind.kind_id == of_kind and site.gives_details]
        assert len(details) >= 3, f"{of_kind}: what the formulas need"
    assert all(len(site.activity_t) == 12 and (site.activity_t > 0).all() for site in whole.sites)


def test_hard_cases_of_matching_are_there(whole: world.World) -> None:
    cases = Counter(case.split(":")[0] for site in whole.sites for case in site.cases)
    for case in ("two_sites_one_code", "two_codes", "renamed", "merged_into", "stopped", "permit_shared_with"):
        assert cases[case] >= 2, case
    assert len({site.enterprise_id for site in whole.sites}) == len(whole.sites)


@pytest.mark.parametrize("scale", [SMALL, 1.0])
def test_two_sites_under_one_code_have_permits_and_a_register_that_names_the_code(scale: float) -> None:
    twins = [site for site in world.build(20260301, scale).sites if "two_sites_one_code" in site.cases]
    assert twins and all({"permit", "census"} <= site.sources for site in twins)


@pytest.mark.parametrize("scale", [0.02, 1.0, 12.0])
def test_names_and_codes_stay_distinct_at_any_scale(scale: float) -> None:
    """Two sites share a name or a code only where one enterprise has both; no former name is a present one."""
    sites = world.build(20260301, scale).sites
    entities = {site.credit_code: site.name for site in sites}
    assert len(set(entities.values())) == len(entities)
    assert len({site.enterprise_id for site in sites}) == len(sites)
    former = {site.former_name for site in sites if "renamed" in site.cases}
    assert not former & set(entities.values())
    assert not {site.old_code for site in sites if site.old_code} & set(entities)


def test_numbers_of_companies_never_share_a_name() -> None:
    assert len({names.company(number, "涂料") for number in range(30_000)}) == 30_000


def test_stacks_emit_what_their_activity_and_factor_say(whole: world.World) -> None:
    for site in whole.sites[:40]:
        for code, grams in site.kind.air:
            total = sum(v for (_, medium, of), v in site.emission_t.items() if medium == "air" and of == code)
            per_tonne = total / site.activity_t * 1e6
            assert (per_tonne > grams / 15).all() and (per_tonne < grams * 15).all()


def test_what_burns_leaves_by_the_stack(whole: world.World) -> None:
    for site in whole.sites:
        assert not {("MF001", "air", code) for code in COMBUSTION} & set(site.emission_t)


def test_instruments_stand_on_stacks_and_follow_what_instruments_follow(whole: world.World) -> None:
    methods = {
        (outlet_no[:2], code, claims.method_of(site, outlet_no, code))
        for site in whole.sites
        for outlet_no, _, code in site.emission_t
    }
    automatic = {(outlet, code) for outlet, code, method in methods if method == "automatic"}
    assert automatic and {outlet for outlet, _ in automatic} == {"DA"}
    assert {code for _, code in automatic} <= set(claims.CONTINUOUS)
    assert {method for outlet, _, method in methods if outlet == "MF"} <= {"balance", "factor"}


def test_stacks_and_waste_water_are_designed_for_their_limits(whole: world.World) -> None:
    """The mean of a year is above the limit at few outlets, whatever the plant; there are such outlets."""
    above = total = 0
    for site in whole.active:
        for outlet in site.outlets:
            if outlet.outlet_kind not in ("stack", "waste_water"):
                continue
            for outlet_no, of, code in site.emission_t:
                limit = limits.limit(site.kind.kind_id, of, code)
                if limit is None or outlet_no != outlet.number:
                    continue
                per = {"air": 1e9, "water": 1e6}[of] * (1e6 if code == "DIOXIN-TEQ" else 1)
                mean = site.year_t((outlet_no, of, code), 2025) * per / (outlet.flow_m3_h * site.hours_h_a)
                above, total = above + (mean > limit), total + 1
    assert total > 500
    assert 0 < above < 0.05 * total


def test_a_permit_is_a_ceiling(whole: world.World, tmp_path: Path) -> None:
    """Most plants use a third to four fifths of what they may release, a few more than all; nothing is permitted by
    what a plant happens to release."""
    ledger = Ledger()
    permit_report.write(whole, ledger, tmp_path)
    permit.write(whole, ledger, tmp_path)
    most: dict[str, float] = {}
    for used in ledger.used_permits:
        most[used.enterprise_id] = max(used.share, most.get(used.enterprise_id, 0.0))
    shares = np.array(list(most.values()))
    assert len(shares) > 100 and 0.3 < np.median([used.share for used in ledger.used_permits]) < 0.7
    assert np.mean((shares > 0.3) & (shares < 0.8)) > 0.5
    assert 0 < np.mean(shares > 1) < 0.1


def test_plants_begin_to_measure_carcinogens_that_they_computed(whole: world.World) -> None:
    found = monitoring_begun.begun(whole)
    old = {point.site.number for point in network.points(whole) if point.site and point.outlet}
    assert found and not old & {point.site.number for point in found if point.site}
    assert {point.role for point in found} == {"污染源", "厂界"}
    for point in found:
        assert point.site is not None and point.site.method in ("balance", "factor")
        if point.outlet:
            emitted = {code for number, _, code in point.site.emission_t if number == point.outlet.number}
            assert emitted & monitoring_begun.CARCINOGENS.keys()


def test_ids_of_rules_problems_are_those_of_the_warehouse() -> None:
    """Two that a build found: bars within an object are escaped (macro row_key)."""
    site = "919900009000012604-001"
    assert rule_courses.problem_id("PR-PX04", site, f"{site}:DA001|air|117-81-7") == "PR-d638415853bbac9c"
    assert rule_courses.problem_id("PR-EX01", "919900039000000144-001", "S:FQ003") == "PR-0b4e86171970f21c"


def test_steps_of_an_appealed_problem_wait_for_the_decision(whole: world.World) -> None:
    appealed = [problem for problem in oversight.drawn(whole) if problem.is_appealed]
    assert appealed
    for problem in appealed:
        (_, found), (_, sent), *later = problem.steps
        assert found < sent < problem.filed < problem.decided
        assert all(day > problem.decided for _, day in later) and [day for _, day in later] == sorted(
            day for _, day in later
        )


def test_chemistry_stands_in_parks_and_its_large_plants_away_from_homes(whole: world.World) -> None:
    chemical = [site for site in whole.sites if site.kind.is_chemical and "in_permit_of" not in str(site.cases)]
    assert all(site.park_id for site in chemical)
    homes = [place for place in receptor.receptors(whole) if place.kind == "居民区"]
    for site in chemical:
        if site.kind.is_large_scale:
            assert min(np.hypot(site.x_m - home.x_m, site.y_m - home.y_m) for home in homes) > 1000


def test_people_of_listed_places_fit_the_grid(whole: world.World) -> None:
    for one in receptor.receptors(whole):
        around = population.near(whole.seed, one.x_m, one.y_m, 2000)
        held = {"学校": sum(c.under_15 for c in around), "幼儿园": sum(c.under_15 for c in around)}
        assert one.people <= held.get(one.kind, sum(cell.people for cell in around)), one
    total = sum(cell.people for cell in population.cells(whole.seed))
    assert 0.7 < sum(population.FRAME.values()) / total < 0.8


def test_truth_lies_outside_of_stated_intervals_as_often_as_they_say(large: tuple[Path, Path]) -> None:
    """95 % intervals of the grades miss about one truth in twenty; errors that plants share make that vary."""
    missed, total = Counter[str](), Counter[str]()
    years: dict[tuple[str, ...], list[float]] = {}
    for row in rows_of(large[1] / "claims.csv"):
        if row["source"] == "permit" and len(row["period"]) == 6:
            key = tuple(row[name] for name in ("enterprise_id", "outlet_no", "medium", "pollutant_id", "method"))
            year = years.setdefault((*key, row["period"][:4]), [0.0, 0.0])
            year[0], year[1] = year[0] + float(row["claimed_t"]), year[1] + float(row["true_t"])
    for key, (claimed, true) in years.items():
        total[key[4]] += 1
        missed[key[4]] += abs(np.log(claimed / true)) > 1.96 * claims.log_spread(key[4])
    assert set(total) == {"automatic", "manual", "balance", "factor"}
    assert 0.02 < missed.total() / total.total() < 0.1


def test_the_rest_of_a_balance_is_the_truth_within_its_meters_and_told_of_some_solvents_only(
    large: tuple[Path, Path],
) -> None:
    """Of a monomer the truth is far below what meters leave open, of a solvent about as large."""
    told: dict[bool, list[bool]] = {False: [], True: []}
    misses = []
    for row in rows_of(large[1] / "mass_balances.csv"):
        true, rest, error, put_in = (
            float(row[name]) for name in ("true_air_t", "rest_t", "metering_error_t", "input_t")
        )
        misses.append(abs(rest - true) / error)
        is_solvent = row["pollutant_id"] in SOLVENTS
        told[is_solvent].append(rest > error)
        assert 0.001 < true / put_in < 0.05 if is_solvent else true < error * 1.5, row
    assert len(misses) > 40 and max(misses) < 2.5 and 0.88 <= np.mean(np.array(misses) < 1) <= 0.99
    assert 0.4 < np.mean(told[True]) < 1.0 and np.mean(told[False]) < 0.12


def test_the_chromatograph_sees_its_neighbours_and_often_nothing(large: tuple[Path, Path]) -> None:
    file = large[0] / "monitoring" / "VOCs在线_202507.csv"
    header, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
    highest = []
    for name in ("苯乙烯", "氯乙烯", "三氯乙烯"):  # of which the background is next to nothing
        values = [row[header.index(f"{name}(ppb)")] for row in rows]
        assert sum(value == f"<{CHROMATOGRAPH_LIMIT_PPB:g}" for value in values) > 0.3 * len(values)
        highest.append(max(float(value) for value in values if re.fullmatch(r"[0-9.]+", value)))
    assert max(highest) > 10 * CHROMATOGRAPH_LIMIT_PPB


def test_a_third_of_the_lists_that_may_lack_a_code_lacks_it(whole: world.World) -> None:
    listed = [lists.as_listed(site, number) for number, site in enumerate(whole.sites, 1)]
    without = sum(code is None for _, code in listed) / len(listed)
    assert 0.25 < without < 0.4


def test_a_later_folder_adds_files_and_changes_none(tmp_path: Path) -> None:
    folders = {}
    for day in ("2026-08-31", "2026-09-30", "2026-10-31"):
        generate(tmp_path / day, tmp_path / f"truth {day}", scale=SMALL, as_of=date.fromisoformat(day))
        folders[day] = tree(tmp_path / day)
    early, middle, late = folders.values()
    for before, after in ((early, middle), (middle, late)):
        assert {path: after.get(path) for path in before} == before
        assert 3 <= len(set(after) - set(before)) <= 10
    months = [path for path in late if path.startswith("monitoring/VOCs在线")]
    assert len(months) >= 15 and any("202610" in path for path in months)
    assert any("手工监测_202610" in path for path in late)


def test_laws_cited_are_those_in_force(large: tuple[Path, Path]) -> None:
    seen = Counter[bool]()
    for path in (large[0] / "supervision").glob("监管问题*.xlsx"):
        sheet = openpyxl.load_workbook(path).active
        header, *rows = list(sheet.iter_rows(min_row=2, values_only=True))
        found, law = header.index("发现日期"), header.index("法规条款")
        for row in rows:
            if isinstance(row[found], datetime) and row[law] and row[found].year < 2027:
                is_new = row[found].date() >= date(2026, 8, 15)
                assert str(row[law]).startswith("生态环境法典") == is_new, row
                seen[is_new] += 1
    assert min(seen.values()) > 5


def test_hostile_adds_to_what_is_there(large: tuple[Path, Path], tmp_path: Path) -> None:
    """What leaders are shown has no script, formula, SQL or path for a name; a hostile folder has."""
    generate(tmp_path / "landing", tmp_path / "truth", scale=0.5, is_hostile=True)
    clean, hostile = tree(large[0]), tree(tmp_path / "landing")
    assert set(clean) < set(hostile)
    assert "site_survey/入企调查_压缩炸弹.xlsx" in set(hostile) - set(clean)
    told, told_clean = (
        {row["written"] for row in rows_of(truth / "variants.csv")} for truth in (tmp_path / "truth", large[1])
    )
    texts = {text for text, _ in HOSTILE_TEXTS}
    assert texts <= told and not texts & told_clean
    for path, content in clean.items():
        text = _all_text(path, content)
        assert not any(mark in text for mark in ("<script", "=cmd", "DROP TABLE", "../")), path


def _all_text(path: str, content: bytes) -> str:
    if not path.endswith(".xlsx"):
        return content.decode("utf-8", "replace") + content.decode("gb18030", "replace")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return html.unescape(
                "".join(book.read(name).decode() for name in book.namelist() if "sharedStrings" in name)
            )
    except zipfile.BadZipFile:
        return ""


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


@pytest.mark.parametrize("scale", [0, -1, 101])
def test_a_scale_out_of_range_is_refused(tmp_path: Path, scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        generate(tmp_path / "landing", tmp_path / "truth", scale=scale)


@pytest.mark.parametrize("day", ["2026-03-31", "2027-01-01"])
def test_a_date_out_of_range_is_refused(tmp_path: Path, day: str) -> None:
    with pytest.raises(ValueError, match="2026-06-30"):
        generate(tmp_path / "landing", tmp_path / "truth", as_of=date.fromisoformat(day))


def test_the_profile_and_the_generator_have_one_date() -> None:
    assert load_profile("demo").as_of == world.AS_OF
