"""One dbt run over four hand-made plants of one product, read by all tests of this folder. All names are invented.

Each plant makes 100 t of phenolic resin a quarter and runs 8,000 h a year; its stack passes a tenth of what comes in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from ehpilot.register import Register
from tests.dbt_inventory.hand_made import HandMade, run_dbt
from tests.dbt_inventory.records import BENZENE, BUTADIENE, STYRENE, intake, permit, release

PHENOL, FORMALDEHYDE, TOLUENE, METHANOL = "108-95-2", "50-00-0", "108-88-3", "67-56-1"
CODES = ("91330200AAAAAAAA1A", "91330200BBBBBBBB2B", "91330200CCCCCCCC3C", "91330200DDDDDDDD4D")
LEVELS = (1.0, 2.0, 3.0, 4.0)  # ug/m3 times 1000 of phenol at the stacks
QUARTERS = ((1, 2), (2, 5), (3, 8), (4, 11))
BALANCED = "91330200EEEEEEEE5E"
BUILT = (
    "+path:models/marts/emission_factor", "+path:models/report/d10", "+emission", "+int_inventory__formula_gaps_found",
    "+int_inventory__balance_gaps_found",
)  # fmt: skip


def sample(made: HandMade, site: str, month: int, pollutant: str, value: float | None, **more: Any) -> None:
    """A result of 2025 in ug/m3 at 1,000 m3/h; None is below 500."""
    row = {"unit": "ug/m3", "medium": "废气", "value_text": str(value), "value_qualifier": "", "value": value}
    if value is None:
        row |= {"value_text": "<500", "value_qualifier": "<", "value_limit": 500.0}
    made.add(
        "monitoring_sample", sample_no=f"{site}-{month}", site_id=site, sampled_at=dt.datetime(2025, month, 3, 9),
        pollutant_id=pollutant, flow_m3_h=1000.0, **row | {"load_pct": 90.0} | more,
    )  # fmt: skip


def plant(made: HandMade, number: int, code: str, level: float) -> None:
    """A plant with one stack, its treatment, output and four samples."""
    permit_no = permit(made, code, f"{number}号树脂厂（虚构）", industry_code="C2651", status="在产")
    made.add(
        "permit_outlet", permit_no=permit_no, outlet_no="DA001", outlet_kind="有组织", plant="酚醛装置",
        process_step="缩聚单元",
    )  # fmt: skip
    made.add(
        "site_survey_profile", credit_code=code, permit_no=permit_no, survey_year=2025, run_hours_h_a=8000.0,
        name=f"{number}号树脂厂（虚构）",
    )  # fmt: skip
    made.add(
        "permit_treatment", permit_no=permit_no, facility_no="TA001", technology="RTO", outlet_no="DA001",
        run_rate_pct=100.0, removal_efficiency_pct=90.0, period="2025",
    )  # fmt: skip
    site = f"Q{number}"
    made.add(
        "monitoring_site", site_id=site, medium="废气", site_role="污染源", permit_no=permit_no, outlet_no="DA001",
        in_use="是",
    )  # fmt: skip
    for quarter, month in QUARTERS:
        made.add(
            "permit_product", permit_no=permit_no, plant="酚醛装置", product_name="酚醛树脂", unit="t", quantity=100.0,
            period=f"2025Q{quarter}",
        )  # fmt: skip
        load = {"load_pct": 50.0} if quarter == 4 else {}
        sample(made, site, month, PHENOL, 1000.0 * level, **load)
        sample(made, site, month, FORMALDEHYDE, None, **load)


def balances(made: HandMade) -> None:
    """A plant of no known process: balances of 100 t that leave 0.5 t of two substances and 20 t of a third, beside a
    stack by factor, by monitoring, and by factor; one of less than what was used; one of which nothing else is known
    and 0.1 t is left."""
    permit_no = permit(made, BALANCED, "5号溶剂厂（虚构）", status="在产")
    made.add("permit_outlet", permit_no=permit_no, outlet_no="DA001", outlet_kind="有组织")
    flows = {"input_t": 100.0, "water_t": 2.5, "waste_t": 1.2, "recovered_t": 1.8, "destroyed_t": 1.0}
    for pollutant, material, product, tonnes, method in (
        (BENZENE, "苯", 93.0, 0.2, "产排污系数"), (STYRENE, "苯乙烯", 93.0, 0.3, "手工监测"),
        (METHANOL, "甲醇", 73.5, 0.4, "产排污系数"), (BUTADIENE, "1,3-丁二烯", 93.0, 0.1, "产排污系数"),
    ):  # fmt: skip
        row = {"permit_no": permit_no, "plant": "溶剂装置", "period": "2025"}
        made.add("permit_balance", **row, material=material, product_t=product, **flows)
        release(made, permit_no, pollutant, tonnes, method, outlet_no="DA001")
    made.add("permit_balance", **row, material="苯酚", product_t=93.4, **flows)
    for plant_name in ("溶剂装置", "另一装置"):
        made.add(
            "permit_material", **row | {"plant": plant_name}, material_name="1,3-丁二烯", unit="t", quantity=100.0
        )  # fmt: skip


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read-only connection to the built warehouse."""
    folder = tmp_path_factory.mktemp("emission_factor")
    made = HandMade(folder / "warehouse.duckdb", Register.load())
    intake(made)
    made.insert("source_file", file_no=1, path="permit/x.xlsx", source="permit", status="current")
    for number, (code, level) in enumerate(zip(CODES, LEVELS, strict=True), 1):
        plant(made, number, code, level)
    balances(made)
    first, second = (f"{code}001P" for code in CODES[:2])
    # an inlet goes before computing back; a balance is of the unit as a whole; the second site states all it lets go
    # outside of stacks, the first does not
    made.add(
        "monitoring_site", site_id="J1", medium="废气", site_role="治理设施进口", permit_no=first, outlet_no="DA001",
        in_use="是",
    )  # fmt: skip
    for _, month in QUARTERS[:3]:
        sample(made, "J1", month, PHENOL, 20_000.0)
    amounts = {"input_t": 1000.0, "product_t": 980.0, "water_t": 1.0, "waste_t": 4.0, "recovered_t": 5.0}
    made.add(
        "permit_balance", permit_no=first, plant="酚醛装置", material="苯酚", destroyed_t=9.0, period="2025", **amounts
    )
    # of the second site more is left than meters cannot tell from nothing
    made.add(
        "permit_balance", permit_no=second, plant="酚醛装置", material="苯酚", destroyed_t=9.0, period="2025",
        **amounts | {"product_t": 950.0},
    )  # fmt: skip
    made.add(
        "permit_material", permit_no=first, plant="酚醛装置", material_name="循环水", unit="m3", quantity=2e6,
        period="2025",
    )  # fmt: skip
    made.add(
        "permit_balance", permit_no=second, plant="酚醛装置", material="苯", period="2025", **amounts | {"water_t": 0.5}
    )
    tank = {
        "record_year": 2025, "tank_kind": "固定顶罐", "diameter_m": 10.0, "height_m": 10.0, "material": "甲苯",
        "turnover_t": 2000.0, "temperature_c": 20.0, "coating_colour": "白色",
    }  # fmt: skip
    made.add("permit_tank", permit_no=first, tank_no="V001", **tank)
    made.add("permit_tank", permit_no=first, tank_no="V002", **tank)
    made.add("permit_tank", permit_no=second, tank_no="V001", **tank)
    release(made, second, TOLUENE, 0.7, "产排污系数", outlet_kind="无组织")
    heater = {"unit_no": "EQUI 001", "segment_no": "1", "segment": "Natural Gas", "control_efficiency_pct": None}
    for name, factor, unit, hourly, year in (
        ("NOx", 100 / 1020, "lb/MMBtu", 5.588235294, 24.47647059), ("SO2", 1.44, "lb/hr", 1.44, 6.3072),
        ("CO", 84 / 1020, "lb/MMBtu", 9.4, 20.56), ("Total HAP", None, None, 0.11, 0.48),
    ):  # fmt: skip
        made.add(
            "permit_calculation", **heater, pollutant_name=name, emission_factor=factor, factor_unit=unit,
            throughput=57.0 if unit == "lb/MMBtu" else None, hourly_potential_lb_h=hourly, limited_short_t_a=year,
        )  # fmt: skip
    made.insert(
        "released_factor", factor_id="last", version="2025-06-30", process_id="PF", product="酚醛树脂",
        stage="production", medium="air", pollutant_id=PHENOL, control_state="controlled", unit="kg/t", rating="C",
        factor=0.5, ci_low=0.2, ci_high=1.1, file="2025.csv", line=2,
    )  # fmt: skip
    made.close()
    run_dbt(made.path, folder / "target", "--select", *BUILT, "--indirect-selection", "buildable")
    with duckdb.connect(str(made.path), read_only=True) as connection:
        yield connection
