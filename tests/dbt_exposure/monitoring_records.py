"""Hand-made monitoring records: one file a question, so that every number can be checked by hand.

Belongs here: what the files say. Does not belong here: what must come of it (test_monitoring). All names are invented.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.dbt_inventory.hand_made import HandMade
from tests.dbt_inventory.records import BENZENE, ONE, STYRENE, TOLUENE, intake, permit

SULFUR_DIOXIDE, OZONE = "7446-09-5", "10028-15-6"


def all_records(made: HandMade) -> None:
    """A fictional zone, its sites and everything measured there."""
    intake(made)
    for number in range(1, 30):
        made.insert(
            "source_file", file_no=number, path=f"monitoring/{number}.csv", source="monitoring", status="current"
        )
    _sites(made)
    _samples(made)
    _controls(made)
    _days(made)
    _hours(made)
    _online(made)


def sample(made: HandMade, file_no: int, site: str, at: str, pollutant: str, value: float | None, **more: Any) -> None:
    """One result; ``below`` makes it a non-detect with that limit."""
    below = more.pop("below", None)
    row = {"site_id": site, "sampled_at": dt.datetime.fromisoformat(at), "pollutant_id": pollutant, "value": value}
    row |= {"unit": "ug/m3", "medium": "环境空气", "value_text": str(value), "value_qualifier": ""}
    if below is not None:
        row |= {"value": None, "value_text": f"<{below}", "value_qualifier": "<", "value_limit": below}
    made.add("monitoring_sample", file_no=file_no, **row | more)


def _sites(made: HandMade) -> None:
    permit_no = permit(
        made, ONE, "甲化工有限公司", industry_code="C2651", industry_name="合成树脂制造", park="临港", status="在产"
    )
    made.add(
        "permit_outlet", permit_no=permit_no, outlet_no="DA001", outlet_kind="有组织", height_m=30.0, diameter_m=0.8
    )
    limit = {"permit_no": permit_no, "outlet_no": "DA001", "pollutant_id": "NMHC", "standard": "GB 31572-2015"}
    for year_no, value in ((1, 60.0), (2, 60.0)):
        made.add(
            "permit_limit",
            **limit,
            block="主要排放口",
            year_no=year_no,
            concentration_limit=value,
            concentration_limit_unit="mg/m3",
        )
    place = {"longitude": 121.85, "latitude": 29.95}
    for site, medium, role, more in (
        ("A1", "环境空气", "敏感点", place), ("W1", "地表水", "园区", place), ("W2", "地表水", "园区", place),
        ("H1", "环境空气", "园区", place),
        ("N1", "环境空气", "园区", {}),
    ):  # fmt: skip
        made.add("monitoring_site", site_id=site, medium=medium, site_role=role, in_use="是", **more)


def _samples(made: HandMade) -> None:
    for month in range(1, 13):
        below = 0.4 if month in (2, 7) else None
        sample(made, 2, "A1", f"2025-{month:02d}-05 09:00", BENZENE, 0.5 + month / 10, below=below)
    sample(made, 2, "A1", "2025-03-05 09:00", STYRENE, 2.0)
    for day in (1, 2, 3):
        sample(made, 2, "N1", f"2025-05-0{day} 09:00", "107-13-1", None, below=5.0)
    sample(made, 2, "A1", "2025-03-05 09:00", "X-1", 3.0, unit="ppb")
    sample(made, 2, "A1", "2025-03-06 09:00", "X-1", 3.0, value_qualifier="flag", flags=("FLAGGED",))
    sample(made, 2, "W1", "2025-03-05 09:00", "COD", 40.0, medium="沉积物", unit="mg/kg", averaging_time="瞬时")
    water = {"medium": "地表水", "unit": "mg/L", "sample_no": "W1-1"}
    sample(made, 2, "W1", "2025-03-05 09:00", "COD", 15.0, **water)
    sample(made, 2, "W1", "2025-03-05 09:00", "BOD5", 16.0, **water)
    for day, oxygen, phosphorus in ((7, 4.0, 0.1), (8, 8.0, 0.25)):
        later = {"medium": "地表水", "unit": "mg/L", "sample_no": f"W2-{day}"}
        sample(made, 2, "W2", f"2025-03-0{day} 09:00", "DO", oxygen, **later)
        sample(made, 2, "W2", f"2025-03-0{day} 09:00", "TP", phosphorus, **later)
    sample(made, 2, "W1", "2025-03-05 09:00", "NH3-N", None, below=0.5, **water)


def animals(made: HandMade) -> None:
    """Lead and cadmium in oysters, in what nobody names, and in two kinds at one site; waste gas sampled by hand."""
    made.add("geography_water_body", name="虚构湾", water_kind="近岸海域")
    for site, name in (("P1", "虚构湾牡蛎养殖区"), ("P2", "水产品2号"), ("P3", "梭子蟹和大黄鱼")):
        made.add(
            "monitoring_site", site_id=site, site_name=name, medium="水产品", site_role="园区", in_use="是",
            water_body="虚构湾", longitude=121.86, latitude=29.96,
        )  # fmt: skip
        for pollutant, value in (("7439-92-1", 1.0), ("7440-43-9", 0.3)):
            sample(made, 11, site, "2025-09-05 09:00", pollutant, value, medium="水产品", unit="mg/kg")
    for number, oxygen in (("F1", 5.0), ("F2", None)):
        made.add("monitoring_site", site_id=number, medium="废气", site_role="污染源", in_use="是")
        sample(made, 11, number, "2025-09-05 09:00", "NMHC", 20.0, medium="废气", unit="mg/m3", oxygen_pct=oxygen)


def _controls(made: HandMade) -> None:
    def control(
        file_no: int, kind: str, number: str, pollutant: str, value: float | None, unit: str, **more: Any
    ) -> None:
        row = {"qc_kind": kind, "sample_no": number, "pollutant_id": pollutant, "value": value, "unit": unit}
        made.add(
            "monitoring_quality_control",
            file_no=file_no,
            **row | {"report_month": "202504", "value_text": str(value)} | more,
        )

    # a pair of toluene 10 and 30: RD 50 %; of benzene 10 and 12: 9.1 %; of styrene <1 and 2.5: at least 42.9 %
    for pollutant, first, second in ((TOLUENE, 10.0, 30.0), (BENZENE, 10.0, 12.0)):
        sample(made, 3, "A1", "2025-04-05 09:00", pollutant, first, sample_no="S3")
        control(3, "平行样", "S3-P", pollutant, second, "ug/m3")
    sample(made, 3, "A1", "2025-04-05 09:00", STYRENE, 2.5, sample_no="S3")
    control(3, "平行样", "S3-P", STYRENE, None, "ug/m3", value_qualifier="<", value_limit=1.0)
    # a blank of 0.5: 2.0 is within five times of it, 9.0 is not
    for day, value in ((1, 2.0), (2, 9.0)):
        sample(made, 4, "A1", f"2025-06-0{day} 09:00", TOLUENE, value, sample_no=f"S4{day}")
    control(4, "空白", "202506-KB1", TOLUENE, 0.5, "ug/m3")
    control(4, "空白", "202506-KB1", BENZENE, None, "ug/m3", value_qualifier="ND")
    sample(made, 5, "A1", "2025-07-01 09:00", TOLUENE, 8.0, sample_no="S5")
    control(5, "加标回收", "202507-JB1", TOLUENE, 150.0, "%")
    control(5, "加标回收", "202507-JB1", BENZENE, 99.0, "%")


def _days(made: HandMade) -> None:
    """PM2.5 of two days on both sides of 2026-03-01."""
    for day in ("2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"):
        sample(made, 6, "A1", f"{day} 00:00", "PM2.5", 70.0, averaging_time="24h")


def _hours(made: HandMade) -> None:
    def hour(day: int, at: int, pollutant: str, value: float | None, **more: Any) -> None:
        row = {"site_id": "H1", "sampled_at": dt.datetime(2025, 1, day, at), "pollutant_id": pollutant, "value": value}
        made.add(
            "monitoring_station_hour",
            file_no=7,
            **row | {"unit": "ug/m3", "value_qualifier": "", "averaging_time": "1h"} | more,
        )

    for at in range(24):
        hour(1, at, SULFUR_DIOXIDE, 10.0 + at)
        # ozone: 100 from 8 to 15, 20 else: the largest 8 h mean is 100
        hour(1, at, OZONE, 100.0 if 8 <= at < 16 else 20.0)
    for at in range(19):
        hour(2, at, SULFUR_DIOXIDE, 30.0)
    hour(2, 20, SULFUR_DIOXIDE, None, value_qualifier="flag", flags=("FLAGGED",))
    for at in range(24):
        hour(
            3,
            at,
            SULFUR_DIOXIDE,
            None if at < 12 else 8.0,
            **({"value_qualifier": "<", "value_limit": 4.0} if at < 12 else {}),
        )
    # a sample of an hour at the station, and a day that its file states
    sample(made, 10, "H1", "2025-01-03 10:00", SULFUR_DIOXIDE, 99.0, averaging_time="1h")
    made.add(
        "monitoring_station_hour", file_no=7, site_id="H1", sampled_at=dt.datetime(2025, 1, 2), value=31.0,
        pollutant_id=OZONE, unit="ug/m3", value_qualifier="", averaging_time="24h",
    )  # fmt: skip
    # wind: north by 10 degrees steps at day 1, calm at night
    for at in range(24):
        direction, speed = (10.0, 3.0) if at >= 6 else (0.0, 0.1)
        made.add(
            "meteorology_hour", file_no=8, station_id="M1", observed_at=dt.datetime(2025, 1, 1, at),
            wind_direction_deg=direction, wind_speed_m_s=speed,
        )  # fmt: skip


def _online(made: HandMade) -> None:
    """NMHC at an outlet with a permitted 60 mg/m3: measured below it, at reference oxygen above it for 3 and 1
    hours."""
    for at in range(24):
        over = at in (5, 6, 7, 12)
        made.add(
            "monitoring_outlet_hour", file_no=9, permit_no=f"{ONE}001P", outlet_no="DA001", pollutant_id="NMHC",
            sampled_at=dt.datetime(2025, 2, 1, at), value=50.0, value_text="50", value_qualifier="",
            converted_value=90.0 if over else 55.0, unit="mg/m3", status_mark="正常",
        )  # fmt: skip
    # marks of hours: standstill is not planned; of a month with a mark that nobody knows it is not known
    for day, (pollutant, mark) in enumerate(
        [("NOX", "正常"), ("NOX", "停产"), ("NOX", "停运"), ("NOX", "故障"), ("PM", "停产"), ("PM", "某某")], 1
    ):
        read = 50.0 if mark == "正常" else None
        made.add(
            "monitoring_outlet_hour", file_no=9, permit_no=f"{ONE}001P", outlet_no="DA001", pollutant_id=pollutant,
            sampled_at=dt.datetime(2025, 4, day, 8), value=read, value_text="50",
            value_qualifier="" if read else "flag", unit="mg/m3", status_mark=mark,
        )  # fmt: skip
