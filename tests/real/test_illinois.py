"""Illinois: six years of releases by medium, one edition a year, and what changes from one to the next."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from ehpilot.project import DBT_DIR
from tests.area import Area
from tests.real.conftest import warehouse
from tests.real.recount import table

pytestmark = pytest.mark.slow

YEARS = range(2019, 2025)
TONNES = {"Pounds": Decimal("0.45359237e-3"), "Grams": Decimal("1e-6")}
ROUTES = {
    "air": ("51.", "52."),
    "water": ("53.",),
    "soil": ("55.", "56.", "58.", "59.", "60.", "62.", "63.", "64."),
    "waste": ("66.", "67."),
}
Key = tuple[str, str, str, int]


@pytest.fixture(scope="module")
def reports(real: Path) -> list[dict[str, str]]:
    return [row for year in YEARS for row in table(real / f"us_illinois_tri/tri_{year}_il.csv.gz")]


def _sum(row: dict[str, str], routes: tuple[str, ...]) -> Decimal:
    numbers = (Decimal(text) for name, text in row.items() if name.split(" ")[0] in routes)
    return sum(numbers, Decimal(0)) * TONNES[row["50. UNIT OF MEASURE"]]


@pytest.fixture(scope="module")
def stated(reports: list[dict[str, str]]) -> dict[Key, Decimal | None]:
    """Tonnes by facility, chemical, medium and year; None where only forms A (no quantity) were filed."""
    found: dict[Key, Decimal | None] = {}
    for row in reports:
        for medium, routes in ROUTES.items():
            key = (row["2. TRIFD"], _id(row["40. CAS#"]), medium, int(row["1. YEAR"]))
            if row["49. FORM TYPE"] == "A":
                found.setdefault(key, None)
            else:
                found[key] = (found.get(key) or Decimal(0)) + _sum(row, routes)
    return found


def _id(code: str) -> str:
    """``0000071-43-2`` or ``000071432`` as 71-43-2; categories keep their code."""
    if code.startswith(("N", "MIX")):
        return code
    digits = code.replace("-", "").lstrip("0")
    return f"{digits[:-3]}-{digits[-3:-1]}-{digits[-1]}"


def test_every_row_is_thirteen_releases(illinois: Area, reports: list[dict[str, str]]) -> None:
    assert len(reports) == 21928
    query = "select count(*), count(quantity), count(distinct medium) from raw.permit_release"
    with_quantity = sum(13 for row in reports if row["49. FORM TYPE"] == "R")
    assert warehouse(illinois).execute(query).fetchone() == (285064, with_quantity, 4)
    assert 13 * 21928 == 285064


def test_tonnes_by_medium_are_those_of_the_files(illinois: Area, stated: dict[Key, Decimal | None]) -> None:
    claims = illinois.sql(
        "select enterprise_id, pollutant_id, medium, year, sum(emission_t) as t from inventory.emission group by all"
    )
    found = {(c["enterprise_id"], c["pollutant_id"], c["medium"], c["year"]): c["t"] for c in claims}
    known = {key: float(value) for key, value in stated.items() if value is not None}
    assert set(found) == set(known)
    wrong = {key: (found[key], t) for key, t in known.items() if not math.isclose(found[key], t, rel_tol=1e-9)}
    assert wrong == {}
    for medium in ROUTES:
        for year in YEARS:
            of_year = [key for key in known if key[2:] == (medium, year)]
            total = math.fsum(known[key] for key in of_year)
            assert math.fsum(found[key] for key in of_year) == pytest.approx(total, rel=1e-9), (medium, year)


def test_a_form_without_quantity_is_unknown_and_not_zero(illinois: Area, stated: dict[Key, Decimal | None]) -> None:
    unknown = {key for key, value in stated.items() if value is None}
    claims = illinois.sql(
        "select distinct enterprise_id, pollutant_id, medium, year from inventory.emission_claim "
        "where rule = 'VALUE-MISSING' and emission_t is null and not is_winner"
    )
    found = {(c["enterprise_id"], c["pollutant_id"], c["medium"], c["year"]) for c in claims}
    assert found == unknown and unknown


def test_dioxins_are_grams(illinois: Area, reports: list[dict[str, str]]) -> None:
    grams = {(row["2. TRIFD"], int(row["1. YEAR"])) for row in reports if row["50. UNIT OF MEASURE"] == "Grams"}
    found = illinois.sql(
        "select enterprise_id, year, sum(emission_t) as t from inventory.emission "
        "where pollutant_id = 'N150' group by all"
    )
    assert {(row["enterprise_id"], row["year"]) for row in found} == grams
    assert all(row["t"] < 0.1 for row in found)


def test_there_is_an_edition_a_year_as_of_its_end(illinois: Area) -> None:
    rows = illinois.run("editions", "--format", "json")
    editions = json.loads(rows.stdout)
    assert [edition["as_of"] for edition in editions] == [f"{year}-12-31" for year in YEARS]


@pytest.mark.parametrize(("number", "year"), enumerate(YEARS, start=1))
def test_an_edition_knows_the_years_up_to_its_own(illinois: Area, number: int, year: int) -> None:
    result = illinois.run("sql", "select distinct year from inventory.emission order by 1", "--edition", str(number),
                          "--format", "json")  # fmt: skip
    assert [row["year"] for row in json.loads(result.stdout)] == list(range(2019, year + 1))


@pytest.mark.parametrize(("old", "new"), pairwise(range(1, 7)))
def test_a_year_more_adds_its_releases_and_touches_no_others(illinois: Area, old: int, new: int) -> None:
    path = illinois.out.parent / f"changes_{old:04d}_{new:04d}.json"
    changes = defaultdict(list)
    for change in json.loads(path.read_text(encoding="utf-8")):
        changes[change["table"], change["change"]].append(change["key"])
    year = YEARS[new - 1]
    added = changes["inventory.emission", "added"]
    assert added and all(key.endswith(f"|{year}") for key in added)
    assert changes["inventory.emission", "removed"] == changes["inventory.emission", "changed"] == []
    first_reporting = set(changes["core.dim_enterprise", "added"])
    for enterprise_id in changes["core.dim_enterprise", "removed"]:
        # A plant of the RMP list that stood alone is found to be a site that reports for the first time.
        assert _sites_now(illinois, enterprise_id, old, new) <= first_reporting, enterprise_id
    assert len(changes["meta.source_file", "added"]) == 1
    assert changes["meta.source_file", "removed"] == changes["meta.source_file", "changed"] == []


def _sites_now(illinois: Area, enterprise_id: str, old: int, new: int) -> set[str]:
    """Where an edition has the register entries that made up an enterprise of an older one; at least one."""
    marts = [illinois.out / "editions" / f"{number:04d}" / "marts.duckdb" for number in (old, new)]
    with duckdb.connect() as con:
        for name, path in zip(("older", "newer"), marts, strict=True):
            con.execute(f"attach '{path}' as {name} (read_only)")
        found = con.execute(
            "select newer.enterprise_id from older.inventory.enterprise_match as older "
            "inner join newer.inventory.enterprise_match as newer using (source, source_key) "
            "where older.enterprise_id = ?",
            [enterprise_id],
        ).fetchall()
    assert found, enterprise_id
    return {site for (site,) in found}


def test_industries_come_with_the_releases(illinois: Area) -> None:
    (count,) = illinois.sql(
        "select count(*) as n, count(industry_code) as coded from core.dim_enterprise where in_permit"
    )
    assert count["n"] == count["coded"] > 1000


def _netted(stated: dict[Key, Decimal | None]) -> dict[Key, Decimal | None]:
    """Quantities of substances, a sum less its members where one facility states both (seed column part_of)."""
    seed = {row["pollutant_id"]: row for row in table(DBT_DIR / "seeds/chemicals/chemical.csv")}
    found = {key: tonnes for key, tonnes in stated.items() if _is_substance(key[1], seed)}
    for (facility, member, *rest), tonnes in stated.items():
        above = member
        while above := seed.get(above, {}).get("part_of", ""):
            if (whole := (facility, above, *rest)) in found:
                found[whole] = max(Decimal(0), (found[whole] or Decimal(0)) - (tonnes or Decimal(0)))
                break
    return found


def _is_substance(code: str, seed: dict[str, dict[str, str]]) -> bool:
    return seed[code]["pollutant_kind"] in ("substance", "mixture") if code in seed else "-" in code


def test_trend_of_weighted_kg_is_that_of_the_files(illinois: Area, stated: dict[Key, Decimal | None]) -> None:
    """Kilograms of every year are the files' sums, a member and the sum that holds it once; the weighted ones fell to
    air and rose to water.
    """
    stated = _netted(stated)
    rows = illinois.sql("select * from inventory.toxicity_weighted_year order by year")
    found = {(row["medium"], row["year"]): row for row in rows}
    for (medium, year), row in found.items():
        files = sum(tonnes for key, tonnes in stated.items() if tonnes is not None and key[2:] == (medium, year))
        assert row["emission_kg"] == pytest.approx(float(files) * 1000, rel=1e-9), (medium, year)
        assert 0 <= row["unweighted_kg"] <= row["emission_kg"]
    assert {year for _, year in found} == set(YEARS)
    air = [found["air", year]["toxicity_weighted_kg"] for year in YEARS]
    water = [found["water", year]["toxicity_weighted_kg"] for year in YEARS]
    assert 0.5 < air[-1] / air[0] < 0.65
    assert water[-1] / water[0] > 3


def test_a_release_without_quantity_is_no_low_source(illinois: Area) -> None:
    """Form A states no quantity: such sites carry the code and are never low."""
    rows = illinois.sql("select band, reason_codes from inventory.risk_source")
    unknown = [row for row in rows if "UNKNOWN-EMISSION" in row["reason_codes"]]
    assert len(unknown) > 30
    assert not any(row["band"] == "low" for row in unknown)


def test_lists_of_two_editions_differ_where_the_releases_do(illinois: Area) -> None:
    """From 2023 to 2024 one substance comes, one goes, and most sources stay."""

    def members(edition: int, query: str) -> set[str]:
        answer = illinois.run("sql", query, "--edition", str(edition), "--format", "json")
        assert answer.returncode == 0, answer.stderr
        return {row["id"] for row in json.loads(answer.stdout)}

    substances = "select pollutant_id as id from inventory.risk_pollutant where is_risk_pollutant"
    old, new = members(5, substances), members(6, substances)
    assert (new - old, old - new) == ({"79-10-7"}, {"7440-43-9"}) and len(old & new) > 45
    sources = "select enterprise_id as id from inventory.risk_source"
    old, new = members(5, sources), members(6, sources)
    assert len(old & new) > 450 and 0 < len(new - old) < 60 and 0 < len(old - new) < 80


def test_a_releases_change_for_a_unit_of_production(illinois: Area, reports: list[dict[str, str]]) -> None:
    """Recounted from the files: releases to air of two years over the production ratio of the later one."""
    air: dict[tuple[str, str, int], float] = defaultdict(float)
    ratios: dict[tuple[str, str, int], set[float]] = defaultdict(set)
    for row in reports:
        key = (row["2. TRIFD"], _id(row["40. CAS#"]), int(row["1. YEAR"]))
        if row["49. FORM TYPE"] == "A":
            continue
        air[key] += float(_sum(row, ROUTES["air"]))
        if row["122. 8.9 - PRODUCTION RATIO"].strip():
            ratios[key].add(float(row["122. 8.9 - PRODUCTION RATIO"]))
    found = illinois.sql("select * from emission_factor.relative_change where factor_change is not null")
    assert len(found) > 10_000
    for row in found:
        key = (row["enterprise_id"], row["pollutant_id"], row["year"])
        (ratio,) = ratios[key]
        before = air[key[0], key[1], key[2] - 1]
        assert row["factor_change"] == pytest.approx(air[key] / before / ratio, rel=1e-6)
