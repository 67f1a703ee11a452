"""The hand-made records: one enterprise a question, so that every number can be checked by hand.

Belongs here: what the files say. Does not belong here: what must come of it (the tests). All names are invented.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.dbt_inventory.emission_records import all_emission_records
from tests.dbt_inventory.hand_made import HandMade

BENZENE, TOLUENE, BUTADIENE, STYRENE = "71-43-2", "108-88-3", "106-99-0", "100-42-5"
# Legal entities of the questions: eighteen characters; digits 9-17 are the old nine-digit code.
ONE = "91330200AAAAAAAA1A"
TWO = "91330200BBBBBBBB2B"
NOPERMIT = "91330200CCCCCCCC3C"
TOTALS = "91330200DDDDDDDD4D"
SLIP = "91330200EEEEEEEE5E"
LATE = "91330200FFFFFFFF6F"
WATER = "91330200GGGGGGGG7G"
CONFIRMED = "91330200HHHHHHHH8H"
FACILITY = "60501XMPLF1"
NAMED = "91330200PPPPPPPP8P"
CYCLE_ONE = "91330200QQQQQQQQ9Q"
CYCLE_TWO = "91330200RRRRRRRR0R"
CONTRADICTED = "91330200TTTTTTTT1T"
GONE = "91330200UUUUUUUU2U"
HEIR = "91330200WWWWWWWW3W"


def permit(made: HandMade, code: str, name: str, number: str = "001", **more: Any) -> str:
    """A permit of a site; returns the permit number."""
    permit_no = f"{code}{number}P"
    made.add(
        "permit_site",
        **{"permit_no": permit_no, "name": name, "credit_code": code, "valid_from": dt.date(2024, 1, 1)} | more,
    )
    return permit_no


def release(made: HandMade, permit_no: str, pollutant: str, quantity: float | None, method: str, **more: Any) -> None:
    """A row of the execution report, in tonnes of 2025 unless said otherwise."""
    row = {"permit_no": permit_no, "pollutant_id": pollutant, "quantity": quantity, "method": method}
    made.add("permit_release", **row | {"unit": "t", "period": "2025"} | more)


def survey(made: HandMade, code: str | None, name: str, cas_no: str, quantity_t: float, **more: Any) -> None:
    """A row of the chemical survey of 2024."""
    row = {"survey_year": 2024, "credit_code": code, "name": name, "cas_no": cas_no, "quantity_t": quantity_t}
    made.add("chemical_survey_use", **row | {"role": "生产"} | more)


def intake(made: HandMade) -> None:
    """One build of a fictional zone with two parks."""
    made.insert(
        "build", edition_no=1, run_id="r1", profile="hand", profile_name_cn="虚构示范区", is_fictional=True,
        as_of=dt.date(2026, 6, 30), assessment_year=2025, seed=1,
    )  # fmt: skip
    square = "POLYGON (({0} 29.9, {1} 29.9, {1} 30.0, {0} 30.0, {0} 29.9))"
    parks = (("park_jia", "甲园区", ["临港", "台塑"], (121.8, 121.9)), ("park_yi", "乙园区", [], (122.0, 122.1)))
    made.insert("area", area_id="zone", area_kind="area", name_cn="虚构示范区", aliases=[], file="area.yml")
    for area_id, name, aliases, sides in parks:
        made.insert(
            "area", area_id=area_id, area_kind="park", name_cn=name, aliases=aliases, parent_id="zone",
            geometry_wkt=square.format(*sides),
        )  # fmt: skip


def one_site(made: HandMade) -> None:
    """A site in every register; the census and the old code know it by the legal entity only."""
    permit_no = permit(
        made, ONE, "甲化工有限公司", industry_code="C2651", industry_name="合成树脂制造", park="台塑", status="在产",
        longitude=121.85, latitude=29.95, valid_from=dt.date(2023, 5, 1), valid_to=dt.date(2028, 4, 30),
    )  # fmt: skip
    permit(made, ONE, "甲化学厂", record_year=2019, valid_from=None, industry_code="2652", status="停产")
    named = {"name": "甲化工有限公司", "credit_code": ONE}
    made.add(
        "census_site", record_year=2017, **named, industry_code="2659", employees=180, longitude=121.1, latitude=29.1
    )
    made.add("site_survey_profile", survey_year=2025, **named, former_names="甲化学厂；老甲厂", employees=200)
    made.add("key_unit_entry", list_year=2025, name=named["name"], credit_code=ONE[8:17], flags=("CODE-OLD",))
    made.add(
        "permit_outlet", permit_no=permit_no, outlet_no="DA001", outlet_kind="有组织", height_m=30.0, diameter_m=0.8,
        temperature_c=20.0, velocity_m_s=12.0, flags=("ASSUMED",),
    )  # fmt: skip
    _one_limits(made, permit_no)
    _one_releases(made, permit_no)
    _one_quantities(made, permit_no)


def _one_limits(made: HandMade, permit_no: str) -> None:
    row = {"permit_no": permit_no, "pollutant_id": BENZENE, "standard": "GB 31572-2015"}
    for year_no, limit in ((1, 5.0), (2, 4.5), (3, 4.0)):
        main = {"block": "主要排放口", "outlet_no": "DA001", "year_no": year_no, "annual_limit_t": limit}
        made.add("permit_limit", **row | main)
    stricter = {"block": "主要排放口", "outlet_no": "DA001", "year_no": 3, "annual_limit_t": 3.5}
    made.add("permit_limit", **row | stricter | {"standard": "DB33/2146-2018"})
    made.add("permit_limit", **row | {"block": "一般排放口合计", "year_no": 3, "annual_limit_t": 99.0})


def _one_releases(made: HandMade, permit_no: str) -> None:
    stack = {"outlet_no": "DA001"}
    # four quarters by monitoring, a yearly figure by factor: the better method wins though it is made of parts
    for quarter, quantity in ((1, 0.5), (2, 0.25), (3, 0.125), (4, 0.125)):
        release(made, permit_no, BENZENE, quantity, "自动监测", **stack, period=f"2025Q{quarter}")
    release(made, permit_no, BENZENE, 3.0, "产排污系数", **stack)
    # three months and the quarter that covers two of them: 1 quarter + 1 month = 4 months of 12
    for period, quantity in (("2025Q1", 0.3), ("2025-01", 0.1), ("2025-03", 0.1), ("2025-04", 0.05)):
        release(made, permit_no, TOLUENE, quantity, "手工监测", **stack, period=period)
    # census in kilograms, held by the legal entity's only site
    made.add(
        "census_release", record_year=2017, credit_code=ONE, medium="废气", **stack, pollutant_id=BENZENE,
        quantity=1500.0, unit="kg", method="监测法", technology="RTO", removal_efficiency_pct=95.0,
    )  # fmt: skip


def _one_quantities(made: HandMade, permit_no: str) -> None:
    made.add("permit_product", permit_no=permit_no, product_name="聚苯乙烯", unit="kg", quantity=2e6, period="2025")
    for product_code, quantity in (("A", 1000.0), ("B", 500.0)):
        made.add(
            "census_product", record_year=2017, credit_code=ONE, product_name="聚苯乙烯", product_code=product_code,
            unit="t", quantity=quantity,
        )  # fmt: skip
    made.add(
        "permit_treatment", permit_no=permit_no, facility_no="TA001", technology="RTO", outlet_no="DA001",
        run_rate_pct=90.0, removal_efficiency_pct=97.0, period="2025",
    )  # fmt: skip
    made.add("site_survey_treatment", credit_code=ONE, survey_year=2025, facility_name="洗涤塔", technology="碱洗")
    # one quantity, printed once for each way of discharge
    for direction, released in (("废气", 0.4), ("废水", 0.1)):
        survey(
            made, ONE, "甲化工有限公司", BUTADIENE, 800.0, role="加工使用", purpose="原料", process_stage="聚合",
            discharge_to=direction, release_quantity=released, release_unit="t",
        )  # fmt: skip


def two_sites(made: HandMade) -> None:
    """Two sites under one code: a claim by code is held; a permit's claim goes to its site."""
    for number, name in (("001", "乙化工东厂"), ("002", "乙化工西厂")):
        permit_no = permit(made, TWO, name, number, park="乙园区")
        release(made, permit_no, BENZENE, 2.0, "物料衡算", medium="废气")
    made.add(
        "site_survey_release", credit_code=TWO, survey_year=2025, enterprise_name="乙化工", process_stage="储罐",
        pollutant_id=BENZENE, release_form="无组织", quantity=9.0, unit="t", discharge_to="大气", method="产排污系数",
    )  # fmt: skip
    # a workbook that states its permit number speaks of that site, with all its sheets
    survey_of_one = {
        "credit_code": TWO,
        "permit_no": TWO + "002P",
        "survey_year": 2025,
        "enterprise_name": "乙化工西厂",
    }
    made.add(
        "site_survey_material", **survey_of_one, material_name="苯", cas_no=BENZENE, quantity=20.0, unit="t",
        max_storage=1.5,
    )  # fmt: skip
    made.add("site_survey_process", **survey_of_one, plant="西装置", process_unit="聚合")


def without_permit(made: HandMade) -> None:
    """A code without a permit, a name without a code (twice, in two spellings) and a foreign facility."""
    place = {"longitude": 121.85, "latitude": 29.95}
    made.add("census_site", record_year=2017, credit_code=NOPERMIT, name="丙厂", **place, flags=("XY-SWAPPED",))
    made.add("key_unit_entry", list_year=2025, name="丁 厂（北）")
    survey(made, None, "丁厂(北)", BENZENE, 1.0, role="神秘角色")
    made.add("permit_site", permit_no=FACILITY, record_year=2025, name="Example Works", flags=("XY-OUTSIDE",))
    for kind, quantity, industry in (
        ("fugitive", 100.0, "325211"),
        ("stack", 200.0, "325211"),
        ("water", 0.0, "324110"),
    ):
        what = {"medium": "water"} if kind == "water" else {"medium": "air"}
        pollutant = TOLUENE if kind == "water" else BENZENE
        release(made, FACILITY, pollutant, quantity, "R", outlet_kind=kind, unit="lb", industry_code=industry, **what)


def site_totals(made: HandMade) -> None:
    """Whole-site figures against the sum of the outlets."""
    permit_no = permit(made, TOTALS, "戊公司")
    for number in ("DA001", "DA002"):
        made.add("permit_outlet", permit_no=permit_no, outlet_no=number, outlet_kind="有组织")
        # benzene: outlets by monitoring against a total by factor; toluene: by factor against a total by balance
        release(made, permit_no, BENZENE, 1.0, "手工监测", outlet_no=number)
        release(made, permit_no, TOLUENE, 1.0, "产排污系数", outlet_no=number)
    release(made, permit_no, BENZENE, 5.0, "产排污系数")
    release(made, permit_no, TOLUENE, 5.0, "物料衡算")
    release(made, permit_no, BUTADIENE, None, "手工监测", outlet_no="DA001", flags=("MISSING-MARK",))


def unit_slip(made: HandMade) -> None:
    """Kilograms entered as tonnes: two sources alone, and three of which two agree; a stated 0 against a figure."""
    permit_no = permit(made, SLIP, "己公司")
    gas = {"discharge_to": "废气"}
    release(made, permit_no, BENZENE, 2000.0, "自动监测", medium="废气", period="2024")
    survey(made, SLIP, "己公司", BENZENE, 10.0, **gas, release_quantity=1990.0, release_unit="kg")
    release(made, permit_no, TOLUENE, 3000.0, "自动监测", medium="废气", period="2024")
    made.add(
        "site_survey_release", credit_code=SLIP, survey_year=2024, enterprise_name="己公司", process_stage="反应",
        pollutant_id=TOLUENE, quantity=3100.0, unit="t", **gas,
    )  # fmt: skip
    survey(made, SLIP, "己公司", TOLUENE, 10.0, **gas, release_quantity=3.0, release_unit="t")
    release(made, permit_no, STYRENE, 0.0, "自动监测", medium="废气", period="2024")
    survey(made, SLIP, "己公司", STYRENE, 10.0, **gas, release_quantity=0.5, release_unit="t")


def substances_by_name(made: HandMade) -> None:
    """Lines of a site survey without a CAS number: one name is a substance, one is none."""
    for name in ("苯乙烯", "石脑油"):
        made.add(
            "site_survey_material", credit_code=CONTRADICTED, survey_year=2025, material_name=name, quantity=7.0,
            unit="t",
        )  # fmt: skip


def water_and_late(made: HandMade) -> None:
    """A workshop outlet upstream of the main one; records dated after the as-of date."""
    permit_no = permit(made, WATER, "庚公司")
    for number, kind, quantity in (("DW001", "废水总排口", 0.2), ("DW002", "车间排放口", 0.3)):
        made.add("permit_outlet", permit_no=permit_no, outlet_no=number, outlet_kind=kind)
        release(made, permit_no, BENZENE, quantity, "手工监测", outlet_no=number)
    late = {"outlet_no": "DW001", "period": "2026", "flags": ("DATE-AFTER-AS-OF",)}
    release(made, permit_no, BENZENE, 7.0, "手工监测", **late)
    permit(made, LATE, "辛公司", flags=("DATE-AFTER-AS-OF",))


def returned_sheets(made: HandMade) -> None:
    """A site whose confirmation sheet came back twice, and a sheet by a code that two sites share."""
    permit_no = permit(
        made, CONFIRMED, "寅化工有限公司", park="甲园区", employees=200, longitude=121.86, latitude=29.96
    )
    head = {"credit_code": CONFIRMED, "permit_no": permit_no, "confirmed_on": dt.date(2026, 5, 20)}
    made.add("site_survey_correction", **head, field="职工人数", old_value="200", new_value="1,212 人")
    made.add("site_survey_correction", **head, field="企业名称", old_value="寅化工有限公司")
    made.add("site_survey_correction", **head, field="经度", old_value="121.86", new_value="东经一百二十一度")
    earlier = head | {"confirmed_on": dt.date(2026, 1, 10)}
    made.add("site_survey_correction", **earlier, field="职工人数", old_value="190", new_value="199")
    made.add(
        "site_survey_correction", credit_code=TWO, field="职工人数", new_value="55", confirmed_on=dt.date(2026, 5, 20)
    )


def matched_by_name(made: HandMade) -> None:
    """A site whose list entry has no code, one spelt otherwise for the clerk, one merged by decision; decisions that
    cannot be followed; two registers that say different things of one code in everything.
    """
    here = {"longitude": 121.82, "latitude": 29.92}
    permit(made, NAMED, "示例新料有限公司", industry_code="2651", park="乙园区", **here)
    made.add("key_unit_entry", list_year=2025, name="示例新料有限公司 ", industry_code="2614, 2651")
    for number, name in enumerate(("示例新料有限公司", "无人知晓厂", "示例新料有限公司")):
        made.add("supervision_problem", problem_id=f"P{number}", enterprise_name=name, found_on=dt.date(2026, 3, 1))
    made.add("key_unit_entry", list_year=2024, name="示例新料股份有限公司")
    made.add("site_survey_profile", survey_year=2025, name="示例旧料厂", employees=50)
    for code, name in ((CYCLE_ONE, "示例甲环厂"), (CYCLE_TWO, "示例乙环厂")):
        made.add("census_site", record_year=2017, credit_code=code, name=name)
    permit(made, CONTRADICTED, "示例对立有限公司", industry_code="2651", **here)
    made.add(
        "census_site", record_year=2017, credit_code=CONTRADICTED, name="完全不同的纸厂", industry_code="2221",
        longitude=121.95, latitude=29.99,
    )  # fmt: skip
    for number, kind, key, site in (
        ("D-1", "merge", "site_survey:name:示例旧料厂", NAMED + "-001"),
        ("D-2", "merge", f"census:{CYCLE_ONE}", CYCLE_TWO + "-001"),
        ("D-3", "merge", f"census:{CYCLE_TWO}", CYCLE_ONE + "-001"),
        ("D-4", "split", "census:已注销", NAMED + "-002"),
    ):
        made.insert(
            "decision", decision_id=number, kind=kind, object_id=key, decided=site, decided_by_role="数据管理岗",
            decided_at=dt.date(2026, 1, 1), reason="测试", is_used=False, file_no=9, row_number=2,
        )  # fmt: skip


def procedures(made: HandMade) -> None:
    """An approval, a fine known by name only, a complaint without a number, and one of nobody."""
    made.add(
        "procedure_record", enterprise_name="甲化工有限公司", credit_code=ONE, procedure_kind="环评批复",
        document_no="甲环建〔2024〕3号", dated_on=dt.date(2024, 5, 6), content="扩建项目",
    )  # fmt: skip
    made.add(
        "procedure_record", enterprise_name="示例新料有限公司", procedure_kind="行政处罚",
        document_no="甲环罚〔2025〕8号", dated_on=dt.date(2025, 8, 1), content="超标排放",
    )  # fmt: skip
    made.add("procedure_record", enterprise_name="甲化工有限公司", procedure_kind="信访", dated_on=dt.date(2026, 2, 3))
    made.add("procedure_record", enterprise_name="无人知晓厂", procedure_kind="环评", dated_on=dt.date(2026, 2, 3))


def taken_over(made: HandMade) -> None:
    """A firm of the census only, whose name a firm elsewhere states as its former one, and one whose name two claim."""
    made.add(
        "census_site", record_year=2017, credit_code=GONE, name="示例并走（虚构）厂", longitude=121.81, latitude=29.91
    )
    permit(made, HEIR, "示例接手厂", longitude=121.99, latitude=29.99)
    made.add(
        "site_survey_profile",
        survey_year=2025,
        name="示例接手厂",
        credit_code=HEIR,
        former_names="示例并走(虚构)厂；丙厂",
    )
    made.add("site_survey_profile", survey_year=2025, name="戊公司", credit_code=TOTALS, former_names="丙厂")


def all_records(made: HandMade) -> None:
    """Everything above, and the records of emissions."""
    registers = (intake, one_site, two_sites, without_permit, matched_by_name, site_totals, unit_slip, water_and_late)
    for part in (*registers, returned_sheets, taken_over, substances_by_name, procedures):
        part(made)
    all_emission_records(made)
