"""Hand-made records of leaks, shared claims, exceeded permits and the places round a site.

Belongs here: what the files and the clerks say. Does not belong here: what must come of it (the tests). All names are
invented.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from tests.dbt_inventory.hand_made import HandMade

BENZENE, TOLUENE, BUTADIENE, METHANOL = "71-43-2", "108-88-3", "106-99-0", "67-56-1"
LEAKS = "91330200NNNNNNNN2N"
SUMS = "91330200YYYYYYYY6Y"
ETHYLENE_OXIDE = "75-21-8"
XYLENES, O_XYLENE, DIOXINS = "1330-20-7", "95-47-6", "DIOXIN-TEQ"
COVERED = "91330200JJJJJJJJ9J"
SHARED = "91330200KKKKKKKK0K"
ABOVE = "91330200MMMMMMMM1M"
CHANGING = "91330200YYYYYYYY4Y"


def _permit(made: HandMade, code: str, name: str, number: str = "001", **more: Any) -> str:
    permit_no = f"{code}{number}P"
    row = {"permit_no": permit_no, "name": name, "credit_code": code, "valid_from": dt.date(2024, 1, 1)}
    made.add("permit_site", **row | more)
    return permit_no


def _release(made: HandMade, permit_no: str, pollutant: str, quantity: float, method: str, **more: Any) -> None:
    row = {"permit_no": permit_no, "pollutant_id": pollutant, "quantity": quantity, "method": method}
    made.add("permit_release", **row | {"unit": "t", "period": "2025"} | more)


def leaks(made: HandMade) -> None:
    """Two plants of one site; a site whose fugitive releases another register knows as a whole."""
    _permit(made, LEAKS, "壬公司", longitude=121.85, latitude=29.95)
    for plant, tonnes in (("一装置", 1.5), ("二装置", 0.5)):
        made.add(
            "monitoring_leak", record_year=2025, enterprise_name="壬公司", credit_code=LEAKS, plant=plant,
            emission_t=tonnes, pollutant_id="TVOC",
        )  # fmt: skip
    permit_no = _permit(made, COVERED, "癸公司", longitude=125.0, latitude=35.0)
    _release(made, permit_no, "TVOC", 4.0, "产排污系数", outlet_kind="无组织", medium="废气")
    _release(made, permit_no, TOLUENE, 5.0, "手工监测", outlet_no="DA001", medium="废气")
    for plant, tonnes, pollutant in (("装置", 1.0, "TVOC"), ("二装置", 0.01, TOLUENE)):
        made.add(
            "monitoring_leak", record_year=2025, enterprise_name="癸公司", credit_code=COVERED, plant=plant,
            emission_t=tonnes, pollutant_id=pollutant,
        )  # fmt: skip


def _claim_id(key: str) -> str:
    """Id of a claim: register, its key, outlet, medium, pollutant, method, year, part, number among equals."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def shares(made: HandMade) -> None:
    """A legal entity with two sites, claims held on it, and decisions good and bad."""
    for number, name in (("001", "子化工南厂"), ("002", "子化工北厂")):
        _permit(made, SHARED, name, number)
    held = {"credit_code": SHARED, "survey_year": 2025, "enterprise_name": "子化工", "process_stage": "储罐"}
    air = {"release_form": "无组织", "unit": "t", "discharge_to": "大气", "method": "产排污系数"}
    for pollutant, tonnes in ((BENZENE, 8.0), (TOLUENE, 4.0), (BUTADIENE, 2.0)):
        made.add("site_survey_release", **held, **air, pollutant_id=pollutant, quantity=tonnes)
    ids = {pollutant: _claim_id(f"site_survey|{SHARED}|:fugitive|air|{pollutant}|factor|2025|year|1")
           for pollutant in (BENZENE, BUTADIENE)}  # fmt: skip
    south, north = SHARED + "-001", SHARED + "-002"
    key = f"{SHARED}-000:fugitive|air|{TOLUENE}|2025|site_survey|factor"
    for decision_id, object_id, value, day in (
        ("D-S1", ids[BENZENE], f"{south}=0.25;{north}=0.75", 20),
        ("D-S2", key, f"{south}=0.5;{north}=0.4", 20),
        ("D-S3", ids[BUTADIENE], f"{south}=0.5;{LEAKS}-001=0.5", 20),
        ("D-S4", "ffffffffffffffff", f"{south}=1", 20),
        ("D-S5", ids[BENZENE], f"{south}=1", 10),
        ("D-S6", key, f"{south}=0.1; {north} = 0.9", 25),
        ("D-S7", ids[BUTADIENE], f"{south}=half;{north}=0.5", 20),
    ):
        made.insert(
            "decision", decision_id=decision_id, kind="share", object_id=object_id, decided=value,
            decided_by_role="数据管理岗", decided_at=dt.date(2026, 2, day), reason="按产能分配", is_used=False,
            file_no=9, row_number=2 + int(decision_id[-1]),
        )  # fmt: skip


def exceeded(made: HandMade) -> None:
    """Two outlets of 3 t by manual monitoring; limits of 1.5 and 3 t, and of 5 t for the site."""
    permit_no = _permit(made, ABOVE, "丑公司")
    limit = {"permit_no": permit_no, "pollutant_id": BENZENE, "standard": "GB 31571-2015", "year_no": 2}
    for number, tonnes in (("DA001", 1.5), ("DA002", 3.0)):
        made.add("permit_outlet", permit_no=permit_no, outlet_no=number, outlet_kind="有组织")
        _release(made, permit_no, BENZENE, 3.0, "手工监测", outlet_no=number)
        made.add("permit_limit", **limit, block="主要排放口", outlet_no=number, annual_limit_t=tonnes)
    made.add("permit_limit", **limit, block="全厂合计", annual_limit_t=5.0)
    _release(made, permit_no, "NMHC", 20.0, "手工监测", outlet_no="DA001")


def methods_of_a_year(made: HandMade) -> None:
    """A site without a list of outlets. DA001: monitored on line but for the last quarter; DA002: a month of the second
    method lies in a quarter of the first, and December is missing.
    """
    permit_no = _permit(made, CHANGING, "卯公司")
    online, manual = ("2025Q1", "2025Q2", "2025Q3"), ("2025-01", "2025-10", "2025-11")
    for period in online:
        _release(made, permit_no, BENZENE, 1.0, "自动监测", outlet_no="DA001", period=period)
        _release(made, permit_no, BENZENE, 1.0, "自动监测", outlet_no="DA002", period=period)
    _release(made, permit_no, BENZENE, 2.0, "手工监测", outlet_no="DA001", period="2025Q4")
    for period in manual:
        _release(made, permit_no, BENZENE, 0.5, "手工监测", outlet_no="DA002", period=period)
    _release(made, permit_no, BENZENE, 0.25, "手工监测", outlet_no="DW001")
    _release(made, permit_no, BENZENE, 0.125, "手工监测", outlet_no="9号")


def sums_and_members(made: HandMade) -> None:
    """A site that states sums beside their members, two grams of dioxins as toxic equivalents, a group, and a method
    of no known word."""
    permit_no = _permit(made, SUMS, "卯公司", longitude=121.85, latitude=29.951)
    for pollutant, tonnes in (
        (XYLENES, 10.0), (O_XYLENE, 4.0), ("TSP", 3.0), ("PM10", 2.0), ("PM2.5", 1.0), ("PAH", 0.5)
    ):  # fmt: skip
        _release(made, permit_no, pollutant, tonnes, "手工监测", medium="废气")
    _release(made, permit_no, DIOXINS, 2.0, "手工监测", medium="废气", unit="g-TEQ")
    _release(made, permit_no, O_XYLENE, 2.0, "手工监测", medium="废水", unit="g-TEQ")
    _release(made, permit_no, METHANOL, 0.001, "祖传算法", medium="废气")


def air_samples(made: HandMade) -> None:
    """Air samples of one site that do not say their averaging time: one substance never found above a high limit."""
    for day in (3, 9):
        row = {"site_id": "空1", "medium": "环境空气", "sampled_at": dt.datetime(2025, 5, day, 9), "unit": "ug/m3"}
        made.add(
            "monitoring_sample", **row, pollutant_id=ETHYLENE_OXIDE, value_text="<0.3", value_qualifier="<",
            value_limit=0.3,
        )  # fmt: skip
    made.add("monitoring_sample", **row, pollutant_id=TOLUENE, value=20.0, value_text="20")


def places(made: HandMade) -> None:
    """A school 1.9 km north of the leaking site, people in two cells, and a nearer point that is no sensitive place."""
    for name, kind, latitude, people in (
        ("虚构小学", "学校", 29.967, 900.0),
        ("虚构医院", "医院", 29.99, 500.0),
        ("人口点", "population_point", 29.951, 70_000.0),
    ):
        made.add(
            "receptor_place", name=name, receptor_kind=kind, longitude=121.85, latitude=latitude, population=people
        )
    for latitude, people in ((29.954, 40.0), (29.972, 60.0)):
        made.add("receptor_population_cell", longitude=121.85, latitude=latitude, cell_size_m=500.0, population=people)


def winds(made: HandMade) -> None:
    """Ten hours of the assessment year: six from the south-east, two from just west of north, two calm (one of them
    written as 0); another station with one hour; twenty hours of another year.
    """
    directions = [135.0, 140.0, 124.0, 146.0, 130.0, 138.0, 355.0, 350.0, 0.0, 90.0]
    for hour, degrees in enumerate(directions):
        made.add(
            "meteorology_hour", station_id="58562", station_name="虚构站", wind_direction_deg=degrees,
            wind_speed_m_s=0.1 if hour > 7 else 3.0, observed_at=dt.datetime(2025, 6, 1, hour),
        )  # fmt: skip
    other = {"station_id": "58563", "wind_direction_deg": 270.0, "wind_speed_m_s": 5.0}
    made.add("meteorology_hour", **other, observed_at=dt.datetime(2025, 6, 1))
    for hour in range(20):
        made.add("meteorology_hour", **other, observed_at=dt.datetime(2024, 6, 1, hour))


def all_emission_records(made: HandMade) -> None:
    """Everything above."""
    for part in (leaks, shares, exceeded, methods_of_a_year, sums_and_members, air_samples, places, winds):
        part(made)
