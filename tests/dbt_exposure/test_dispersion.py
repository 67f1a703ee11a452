"""From weather, outlets and places to concentrations over hand-made records, each number worked out again by hand; what
is taken by rule or lacks is named; without weather nothing is zero.

Does not belong here: the kernels (tests/kernels), single models (their unit tests).
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from ehpilot.kernels import geo
from ehpilot.register import Register
from tests.dbt_inventory.hand_made import HandMade, run_dbt
from tests.dbt_inventory.records import BENZENE, ONE, STYRENE, TWO, intake, permit, release

BUILT = ("+path:models/marts/exposure/dispersion", "+int_exposure__dispersion_gaps_found")
STACK, SCHOOL, HOME = (121.85, 29.95), (121.85, 29.932), (121.86, 29.95)
Ask = Callable[..., list[tuple[Any, ...]]]


def records(made: HandMade) -> None:
    """Two plants, a school 2 km south of a stack, a home on top of another, a year of four hours."""
    intake(made)
    made.insert("profile_parameter", parameter_id="profile.crs_metric", value="EPSG:4550")
    for number in range(1, 3):
        made.insert("source_file", file_no=number, path=f"permit/{number}.xlsx", source="permit", status="current")
    one = permit(made, ONE, "甲化工有限公司", longitude=STACK[0], latitude=STACK[1])
    two = permit(made, TWO, "乙化工有限公司")
    stack = {"outlet_kind": "有组织", "height_m": 30.0}
    made.add("permit_outlet", permit_no=one, outlet_no="DA001", longitude=STACK[0], latitude=STACK[1], **stack)
    hot = {"diameter_m": 1.0, "velocity_m_s": 10.0, "temperature_c": -300.0, "longitude": HOME[0], "latitude": HOME[1]}
    made.add("permit_outlet", permit_no=one, outlet_no="DA002", outlet_kind="有组织", **hot)
    made.add("permit_outlet", permit_no=two, outlet_no="DA001", **stack)
    water = {"outlet_kind": "废水总排口", "water_body": "虚构河", "discharge_to": "直接进入江河湖库等水环境"}
    made.add("permit_outlet", permit_no=one, outlet_no="DW001", **water)
    for permit_no, outlet, pollutant, tonnes in (
        (one, "DA001", BENZENE, 31.536), (one, "DA002", STYRENE, 1.0), (two, "DA001", BENZENE, 9.0),
        (one, "DW001", BENZENE, 0.31536),
    ):  # fmt: skip
        release(made, permit_no, pollutant, tonnes, "自动监测", outlet_no=outlet)
    for name, kind, (longitude, latitude) in (("虚构小学", "学校", SCHOOL), ("虚构村", "居民区", HOME)):
        made.add(
            "receptor_place", name=name, receptor_kind=kind, longitude=longitude, latitude=latitude, population=100
        )
    made.add("receptor_place", name="虚构医院", receptor_kind="医院", population=50)
    made.add("geography_water_body", name="虚构河", water_kind="河流", flow_p90_m3_s=2.0)
    river = {"site_name": "河口", "medium": "地表水", "site_role": "园区", "water_body": "虚构河"}
    made.add("monitoring_site", site_id="W1", **river)
    for hour in range(4):
        made.add(
            "meteorology_hour", station_id="1", observed_at=dt.datetime(2025, 1, 1, hour), wind_speed_m_s=4.0,
            wind_direction_deg=[0.0, 0.0, 91.0, None][hour], stability="D", mixing_height_m=None, temperature_c=15.0,
        )  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse over the records."""
    folder = tmp_path_factory.mktemp("air")
    made = HandMade(folder / "warehouse.duckdb", Register.load())
    records(made)
    made.close()
    run_dbt(made.path, folder / "target", "--select", *BUILT, "--indirect-selection", "buildable")
    return made.path


@pytest.fixture(scope="module")
def ask(built: Path) -> Any:
    with duckdb.connect(str(built), read_only=True) as con:
        yield lambda sql, *values: con.execute(sql, list(values)).fetchall()


@pytest.fixture(scope="module")
def becalmed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same without a record of the weather: all that reads weather, directly or not, is built again."""
    folder = tmp_path_factory.mktemp("none")
    path = shutil.copy(built, folder / "warehouse.duckdb")
    with duckdb.connect(str(path)) as con:
        con.execute("delete from raw.meteorology_hour")
    again = [f"source:meteorology+,{selected}" for selected in BUILT]
    run_dbt(path, folder / "target", "--select", *again, "--indirect-selection", "buildable")
    with duckdb.connect(str(path), read_only=True) as con:
        yield lambda sql, *values: con.execute(sql, list(values)).fetchall()


def by_hand(distance_m: float) -> float:
    """χ/Q due south of the stack: two of three usable hours from the north, D, 4 m/s at 10 m, height 30 m, no rise, the
    lid of class D too far up to matter; two decimals of a per cent."""
    wind = 4.0 * 3.0**0.15
    sigma = 0.06 * distance_m / np.sqrt(1 + 0.0015 * distance_m)
    images = sum(np.exp(-0.5 * ((2 * n * 560.0 + 30.0) / sigma) ** 2) for n in (-1, 0, 1))
    return float(16 / (2 * np.pi) * np.sqrt(2 / np.pi) * (2 / 3) / (wind * sigma * distance_m) * images)


def test_a_school_downwind_has_the_factor_and_concentration_by_hand(ask: Ask) -> None:
    (x0, x1), (y0, y1) = geo.project(*np.array([STACK, SCHOOL]).T)
    distance, bearing = np.hypot(x1 - x0, y1 - y0), np.degrees(np.arctan2(x1 - x0, y1 - y0)) % 360
    expected = by_hand(distance) * (1 - abs(bearing - 180) / 22.5)
    [(factor, year, metres)] = ask(
        "select f.chi_over_q_s_m3, f.met_year, f.distance_m from exposure.dispersion_factor f join core.dim_receptor r "
        "on r.receptor_id = f.place_id where r.name = '虚构小学' and f.outlet_id like ? || '%:DA001'", ONE,
    )  # fmt: skip
    assert factor == pytest.approx(expected, rel=1e-4) and metres == pytest.approx(distance)
    assert year == "all", "four hours are no year"
    [(concentration, unit)] = ask(
        "select m.concentration, m.unit from exposure.modelled_concentration m join core.dim_receptor r "
        "on r.receptor_id = m.place_id where r.name = '虚构小学' and m.pollutant_id = ?", BENZENE,
    )  # fmt: skip
    assert (concentration, unit) == (pytest.approx(factor * 1e6, rel=1e-9), "ug/m3"), "31.536 t/a is 1 g/s"


def test_the_only_source_that_can_be_placed_has_the_whole_share(ask: Ask) -> None:
    shares = ask(
        "select c.enterprise_id, c.outlet_kind, c.share from exposure.source_contribution c join core.dim_receptor r "
        "on r.receptor_id = c.place_id where r.name = '虚构小学' and c.pollutant_id = ? and c.medium = 'ambient_air'",
        BENZENE,
    )
    assert shares == [(f"{ONE}-001", "stack", 1.0)]


def test_a_home_on_top_of_a_stack_is_finite_and_named(ask: Ask) -> None:
    [(factor, metres)] = ask(
        "select f.chi_over_q_s_m3, f.distance_m from exposure.dispersion_factor f join core.dim_receptor r "
        "on r.receptor_id = f.place_id where r.name = '虚构村' and f.outlet_id like '%:DA002'"
    )
    assert metres < 1 and np.isfinite(factor)
    gaps = dict(ask("select subject_key, missing from intermediate.int_exposure__dispersion_gaps_found"))
    assert "（1）" in gaps["NEAR-SOURCE"] and "（1）" in gaps["OUTLET-TEMPERATURE"]
    assert "（1）" in gaps["OUTLET-NO-PLACE"] and "（1）" in gaps["OUTLET-NO-HEIGHT"]
    assert "（1）" in gaps["PLACE-NO-PLACE"] and "（4）" in gaps["MIXING-DERIVED"]
    assert not {"NO-METEOROLOGY", "CALM-ONLY"} & set(gaps) and "MET-SHORT" in gaps
    codes = ask(
        "select reason_codes from intermediate.int_exposure__air_sources_described where outlet_id like '%:DA002'"
    )
    assert codes == [(["OUTLET-NO-HEIGHT", "OUTLET-TEMPERATURE"],)]


def test_a_river_is_fully_mixed(ask: Ask) -> None:
    """0.31536 t/a is 0.01 g/s, in 2 m³/s 5 µg/L."""
    [(concentration, unit)] = ask(
        "select concentration, unit from exposure.modelled_concentration where place_id = 'S:W1' and pollutant_id = ?",
        BENZENE,
    )
    assert (concentration, unit) == (pytest.approx(5.0), "ug/L")


def test_the_largest_modelled_hour_is_held_against_the_benchmark(ask: Ask) -> None:
    [(largest, benchmark, quotient, driver)] = ask(
        "select a.max_1h_ug_m3, a.benchmark_ug_m3, a.hazard_quotient, a.driver_enterprise_id "
        "from exposure.acute_screening a join core.dim_receptor r on r.receptor_id = a.place_id "
        "where r.name = '虚构小学' and a.pollutant_id = ?",
        BENZENE,
    )
    wind, x = 4.0 * 3.0**0.15, 1995.0
    sigma_y, sigma_z = 0.08 * x / np.sqrt(1 + 1e-4 * x), 0.06 * x / np.sqrt(1 + 1.5e-3 * x)
    axis = 1e6 / (np.pi * wind * sigma_y * sigma_z) * np.exp(-0.5 * (30.0 / sigma_z) ** 2)
    assert largest == pytest.approx(axis, rel=0.02) and benchmark == pytest.approx(27.0)
    assert quotient == pytest.approx(largest / benchmark) and driver == f"{ONE}-001"


def test_without_weather_nothing_is_modelled_and_nothing_is_zero(becalmed: Ask) -> None:
    assert becalmed("select count(*) from exposure.dispersion_factor") == [(0,)]
    assert becalmed("select count(*) from exposure.modelled_concentration where medium = 'ambient_air'") == [(0,)]
    assert becalmed("select count(*) from exposure.acute_screening") == [(0,)]
    gaps = [key for (key,) in becalmed("select subject_key from intermediate.int_exposure__dispersion_gaps_found")]
    assert "NO-METEOROLOGY" in gaps
    [(state,)] = becalmed(
        "select state from exposure.pathway where transport = 'air_dispersion' and source_kind = 'stack' "
        "and receptor_kind = 'residential'"
    )
    assert state == "potential", "a source and people, and no figure"
