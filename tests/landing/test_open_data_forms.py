"""The profiles over open data: every file that ``make real`` copies has a form in its folder, but the ones named here.

Does not belong here: the figures of these files (tests/real), which need the data itself.
"""

from __future__ import annotations

import pytest

from ehpilot.landing.forms import check_against_register, load_forms
from ehpilot.profile import PROFILES_DIR, load_profile
from ehpilot.project import read_yaml
from ehpilot.register import Register
from ehpilot.runs.open_data import REAL_PROFILES

# A name that stands for each glob of the plan, as the files of the open data are called.
NAMES = {
    "us_tri_facility_list_tx_la/*.csv.gz": ["facilities_TX.csv.gz", "naics_LA.csv.gz"],
    "us_houston_autogc/*.csv.gz": ["benzene_2016.csv.gz", "butadiene13_2016.csv.gz"],
    "us_houston_autogc/*.csv": ["tceq_autogc_sites.csv", "tceq_autogc_compound_lod.csv"],
    "cn_key_units_taihu/*.csv": ["taihu_basin_enterprises_v1.csv"],
    "cn_ningxia_enterprise/Enterprise_*.js": ["Enterprise_All_trend.js", "Enterprise_Credit.js"],
    "cn_surface_water_realtime/*.json": ["cnemc_realtime_20260821_yangtze_delta.json"],
    "cn_ningbo_air_daily/*.csv": ["daily_宁波.csv", "monthly_舟山.csv"],
    "cn_ningbo_air_hourly/*.csv": ["宁波.csv", "stations_2016.csv"],
    "cn_ningbo_air_hourly/*.json.gz": ["national_snapshot_20160109T07.json.gz"],
    "cn_zhejiang_water_monthly_2006/*.csv": ["zhejiang_sections_2006_09.csv"],
    "cn_ningbo_geo/*.geojson": ["admin_boundary_ningbo_zhoushan.geojson", "coastline_gshhg_full.geojson"],
    "cn_ningbo_geo/*.csv": ["streets_ningbo.csv", "villages_ningbo.csv", "areas_zhejiang.csv"],
    "cn_ningbo_socio/*.csv": ["ningbo_population_gdp_1978_2023.csv"],
}

# Landed on purpose without a form: such a file is refused with a reason and does not vanish.
WITHOUT_FORM = {"GroupProfile.js"}


def _planned(profile: str) -> list[tuple[str, str]]:
    """Names of files and the folders they go to."""
    plan = read_yaml((PROFILES_DIR / profile / "landing.yml").read_text(encoding="utf-8"))
    entries = list(plan["files"])
    for edition in plan.get("editions", []):
        entries += edition["files"]
    found = []
    for entry in entries:
        plain = entry["from"].rsplit("/", 1)[-1].replace("*", "X")
        found += [(name, entry["to"]) for name in NAMES.get(entry["from"], [plain])]
    return found


@pytest.mark.parametrize("profile", REAL_PROFILES)
def test_forms_fit_the_register(profile: str) -> None:
    forms = load_forms(load_profile(profile).form_dirs)
    assert check_against_register(forms, Register.load().raw_tables) == []


@pytest.mark.parametrize("profile", REAL_PROFILES)
def test_every_planned_file_has_a_form(profile: str) -> None:
    forms = load_forms(load_profile(profile).form_dirs)
    for name, folder in _planned(profile):
        own = [form.form_id for form in forms if form.source == folder and form.takes_name(name)]
        assert bool(own) is (name not in WITHOUT_FORM), f"{profile}: {folder}/{name}: {own}"


def test_illinois_adds_one_year_an_edition() -> None:
    plan = read_yaml((PROFILES_DIR / "illinois" / "landing.yml").read_text(encoding="utf-8"))
    years = [edition["as_of"].year for edition in plan["editions"]]
    assert years == list(range(2019, 2025))
    assert all(str(year) in edition["files"][0]["from"] for year, edition in zip(years, plan["editions"], strict=True))


def test_the_routes_of_the_inventory_are_the_parts_of_the_on_site_total() -> None:
    """No sum column of the report is loaded beside its parts: quantities would count twice."""
    form = next(f for f in load_forms([PROFILES_DIR / "illinois" / "forms"]) if f.form_id == "tri_basic_illinois")
    wide = next(part.wide for part in form.parts if part.table == "permit_release")
    assert wide is not None and set(wide.columns) == set(wide.set)
    sums = (" 5.4 -", " 5.5.1 -", " 5.5.3 -", "ON-SITE RELEASE TOTAL", "POTW - TOTAL", "TOTAL RELEASES")
    assert not [column for column in wide.columns for text in sums if text in column]
