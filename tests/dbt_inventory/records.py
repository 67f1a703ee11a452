"""The hand-made records: one enterprise a question, so that every number can be checked by hand.

Belongs here: what the files say. Does not belong here: what must come of it (the tests). All names are invented.
"""

from __future__ import annotations

import datetime as dt

from tests.dbt_inventory.hand_made import HandMade

BENZENE, TOLUENE, BUTADIENE = "71-43-2", "108-88-3", "106-99-0"
# Legal entities of the questions: eighteen characters; digits 9-17 are the old nine-digit code.
ONE = "91330200AAAAAAAA1A"
TWO = "91330200BBBBBBBB2B"
NOPERMIT = "91330200CCCCCCCC3C"
TOTALS = "91330200DDDDDDDD4D"
SLIP = "91330200EEEEEEEE5E"
LATE = "91330200FFFFFFFF6F"
WATER = "91330200GGGGGGGG7G"
THREE = "91330200HHHHHHHH8H"


def intake(made: HandMade) -> None:
    """One build of a fictional zone with two parks."""
    made.insert(
        "build", edition_no=1, run_id="r1", profile="hand", profile_name_cn="虚构示范区", is_fictional=True,
        as_of=dt.date(2026, 6, 30), assessment_year=2025, seed=1,
    )  # fmt: skip
    square = "POLYGON ((121.8 29.9, 121.9 29.9, 121.9 30.0, 121.8 30.0, 121.8 29.9))"
    far = "POLYGON ((122.0 29.9, 122.1 29.9, 122.1 30.0, 122.0 30.0, 122.0 29.9))"
    made.insert("area", area_id="zone", area_kind="area", name_cn="虚构示范区", aliases=[], file="area.yml")
    made.insert("area", area_id="park_jia", area_kind="park", name_cn="甲园区", aliases=["临港", "台塑"], parent_id="zone", geometry_wkt=square)
    made.insert("area", area_id="park_yi", area_kind="park", name_cn="乙园区", aliases=[], parent_id="zone", geometry_wkt=far)


def one_site(made: HandMade) -> None:
    """A site in every register; the census and the old code know it by the legal entity only."""
    permit = ONE + "001P"
    made.add("permit_site", permit_no=permit, name="甲化工有限公司", credit_code=ONE, industry_code="C2651", industry_name="初级形态塑料及合成树脂制造",
             park="台塑", longitude=121.85, latitude=29.95, valid_from=dt.date(2023, 5, 1), valid_to=dt.date(2028, 4, 30), status="在产")  # fmt: skip
    made.add("permit_site", permit_no=permit, record_year=2019, name="甲化学厂", credit_code=ONE, industry_code="2652", status="停产")
    made.add("census_site", record_year=2017, credit_code=ONE, name="甲化工有限公司", industry_code="2659", employees=180,
             longitude=121.1, latitude=29.1)  # fmt: skip
    made.add("site_survey_profile", credit_code=ONE, survey_year=2025, name="甲化工有限公司", former_names="甲化学厂；老甲厂", employees=200)
    made.add("key_unit_entry", list_year=2025, name="甲化工有限公司", credit_code=ONE[8:17], water=True, flags=("CODE-OLD",))
    made.add("permit_outlet", permit_no=permit, outlet_no="DA001", outlet_kind="有组织", height_m=30.0, diameter_m=0.8, temperature_c=20.0,
             velocity_m_s=12.0, flags=("ASSUMED",))  # fmt: skip
    for year_no, limit in ((1, 5.0), (2, 4.5), (3, 4.0)):
        made.add("permit_limit", permit_no=permit, block="主要排放口", outlet_no="DA001", pollutant_id=BENZENE, year_no=year_no, annual_limit_t=limit,
                 standard="GB 31572-2015")  # fmt: skip
    made.add("permit_limit", permit_no=permit, block="主要排放口", outlet_no="DA001", pollutant_id=BENZENE, year_no=3, annual_limit_t=3.5,
             standard="DB33/2146-2018")  # fmt: skip
    made.add("permit_limit", permit_no=permit, block="一般排放口合计", pollutant_id=BENZENE, year_no=3, annual_limit_t=99.0)
    # four quarters by monitoring, a yearly figure by factor: the better method wins though it is made of parts
    for quarter, quantity in ((1, 0.5), (2, 0.25), (3, 0.125), (4, 0.125)):
        made.add("permit_release", permit_no=permit, outlet_no="DA001", pollutant_id=BENZENE, quantity=quantity, unit="t", method="自动监测",
                 period=f"2025Q{quarter}")  # fmt: skip
    made.add("permit_release", permit_no=permit, outlet_no="DA001", pollutant_id=BENZENE, quantity=3.0, unit="t", method="产排污系数", period="2025")
    # three months and the quarter that covers two of them: 1 quarter + 1 month = 4 months of 12
    made.add("permit_release", permit_no=permit, outlet_no="DA001", pollutant_id=TOLUENE, quantity=0.3, unit="t", method="手工监测", period="2025Q1")
    for month, quantity in (("01", 0.1), ("03", 0.1), ("04", 0.05)):
        made.add("permit_release", permit_no=permit, outlet_no="DA001", pollutant_id=TOLUENE, quantity=quantity, unit="t", method="手工监测",
                 period=f"2025-{month}")  # fmt: skip
    # census in kilograms, held by the legal entity's only site
    made.add("census_release", record_year=2017, credit_code=ONE, medium="废气", outlet_no="DA001", pollutant_id=BENZENE, quantity=1500.0, unit="kg",
             method="监测法", technology="RTO", removal_efficiency_pct=95.0)  # fmt: skip
    made.add("permit_product", permit_no=permit, product_name="聚苯乙烯", unit="kg", quantity=2000000.0, period="2025")
    made.add("census_product", record_year=2017, credit_code=ONE, product_name="聚苯乙烯", product_code="A", unit="t", quantity=1000.0)
    made.add("census_product", record_year=2017, credit_code=ONE, product_name="聚苯乙烯", product_code="B", unit="t", quantity=500.0)
    made.add("permit_treatment", permit_no=permit, facility_no="TA001", technology="RTO", outlet_no="DA001", run_rate_pct=90.0, removal_efficiency_pct=97.0,
             period="2025")  # fmt: skip
    made.add("site_survey_treatment", credit_code=ONE, survey_year=2025, facility_name="洗涤塔", technology="碱洗")
    for direction, released in (("废气", 0.4), ("废水", 0.1)):
        made.add("chemical_survey_use", survey_year=2024, name="甲化工有限公司", credit_code=ONE, cas_no=BUTADIENE, role="加工使用", quantity_t=800.0,
                 purpose="原料", process_stage="聚合", discharge_to=direction, release_quantity=released, release_unit="t")  # fmt: skip


def two_sites(made: HandMade) -> None:
    """Two sites under one code: a claim by code is held; a permit's claim goes to its site."""
    for number, name in (("001", "乙化工东厂"), ("002", "乙化工西厂")):
        made.add("permit_site", permit_no=f"{TWO}{number}P", name=name, credit_code=TWO, park="乙园区", valid_from=dt.date(2024, 1, 1))
        made.add("permit_release", permit_no=f"{TWO}{number}P", pollutant_id=BENZENE, medium="废气", quantity=2.0, unit="t", method="物料衡算", period="2025")
    made.add("site_survey_release", credit_code=TWO, survey_year=2025, enterprise_name="乙化工", process_stage="储罐", pollutant_id=BENZENE,
             release_form="无组织", quantity=9.0, unit="t", discharge_to="大气", method="产排污系数")  # fmt: skip


def without_permit(made: HandMade) -> None:
    """A code without a permit, a name without a code (twice, in two spellings) and a foreign facility."""
    made.add("census_site", record_year=2017, credit_code=NOPERMIT, name="丙厂", longitude=121.85, latitude=29.95, flags=("XY-SWAPPED",))
    made.add("key_unit_entry", list_year=2025, name="丁 厂（北）")
    made.add("chemical_survey_use", survey_year=2024, name="丁厂(北)", cas_no=BENZENE, role="神秘角色", quantity_t=1.0)
    made.add("permit_site", permit_no="60501XMPLF1", record_year=2025, name="Example Works", industry_code="325211", flags=("XY-OUTSIDE",))
    for kind, quantity in (("fugitive", 100.0), ("stack", 200.0)):
        made.add("permit_release", permit_no="60501XMPLF1", outlet_kind=kind, medium="air", pollutant_id=BENZENE, quantity=quantity, unit="lb",
                 period="2025")  # fmt: skip


def site_totals(made: HandMade) -> None:
    """Whole-site figures against the sum of the outlets."""
    permit = TOTALS + "001P"
    made.add("permit_site", permit_no=permit, name="戊公司", credit_code=TOTALS, valid_from=dt.date(2024, 1, 1))
    for number in ("DA001", "DA002"):
        made.add("permit_outlet", permit_no=permit, outlet_no=number, outlet_kind="有组织")
        # benzene: outlets by manual monitoring against a total by factor; toluene: outlets by factor against a total by balance
        made.add("permit_release", permit_no=permit, outlet_no=number, pollutant_id=BENZENE, quantity=1.0, unit="t", method="手工监测", period="2025")
        made.add("permit_release", permit_no=permit, outlet_no=number, pollutant_id=TOLUENE, quantity=1.0, unit="t", method="产排污系数", period="2025")
    made.add("permit_release", permit_no=permit, pollutant_id=BENZENE, quantity=5.0, unit="t", method="产排污系数", period="2025")
    made.add("permit_release", permit_no=permit, pollutant_id=TOLUENE, quantity=5.0, unit="t", method="物料衡算", period="2025")
    made.add("permit_release", permit_no=permit, outlet_no="DA001", pollutant_id=BUTADIENE, quantity=None, unit="t", method="手工监测", period="2025",
             flags=("MISSING-MARK",))  # fmt: skip


def unit_slip(made: HandMade) -> None:
    """Kilograms entered as tonnes: two sources alone, and three of which two agree."""
    permit = SLIP + "001P"
    made.add("permit_site", permit_no=permit, name="己公司", credit_code=SLIP, valid_from=dt.date(2024, 1, 1))
    made.add("permit_release", permit_no=permit, medium="废气", pollutant_id=BENZENE, quantity=2000.0, unit="t", method="自动监测", period="2024")
    made.add("chemical_survey_use", survey_year=2024, name="己公司", credit_code=SLIP, cas_no=BENZENE, role="生产", quantity_t=10.0, discharge_to="废气",
             release_quantity=1990.0, release_unit="kg")  # fmt: skip
    made.add("permit_release", permit_no=permit, medium="废气", pollutant_id=TOLUENE, quantity=3000.0, unit="t", method="自动监测", period="2024")
    made.add("site_survey_release", credit_code=SLIP, survey_year=2024, enterprise_name="己公司", process_stage="反应", pollutant_id=TOLUENE,
             quantity=3100.0, unit="t", discharge_to="大气")  # fmt: skip
    made.add("chemical_survey_use", survey_year=2024, name="己公司", credit_code=SLIP, cas_no=TOLUENE, role="生产", quantity_t=10.0, discharge_to="废气",
             release_quantity=3.0, release_unit="t")  # fmt: skip


def water_and_late(made: HandMade) -> None:
    """A workshop outlet upstream of the main one; a record dated after the as-of date."""
    permit = WATER + "001P"
    made.add("permit_site", permit_no=permit, name="庚公司", credit_code=WATER, valid_from=dt.date(2024, 1, 1))
    made.add("permit_outlet", permit_no=permit, outlet_no="DW001", outlet_kind="废水总排口")
    made.add("permit_outlet", permit_no=permit, outlet_no="DW002", outlet_kind="车间排放口")
    for number, quantity in (("DW001", 0.2), ("DW002", 0.3)):
        made.add("permit_release", permit_no=permit, outlet_no=number, pollutant_id=BENZENE, quantity=quantity, unit="t", method="手工监测", period="2025")
    made.add("permit_release", permit_no=permit, outlet_no="DW001", pollutant_id=BENZENE, quantity=7.0, unit="t", method="手工监测", period="2026",
             flags=("DATE-AFTER-AS-OF",))  # fmt: skip
    made.add("permit_site", permit_no=LATE + "001P", name="辛公司", credit_code=LATE, flags=("DATE-AFTER-AS-OF",))


def all_records(made: HandMade) -> None:
    """Everything above."""
    for part in (intake, one_site, two_sites, without_permit, site_totals, unit_slip, water_and_late):
        part(made)
