"""The equations of dose and risk (dbt/macros/risk.sql) against published figures, and their laws.

The macros are rendered as they stand and run by DuckDB, so what is tested is what the marts compute. The published
figures are results of the same equations with the parameters beside them:

- EPA Regional Screening Levels (RSL), generic tables, target risk 1e-6 and hazard quotient 1: the user's guide spells
  out RAGS A, E and F with the default factors of OSWER Directive 9200.1-120. A level is target / risk of one unit.
- ATSDR comparison values (CREG, EMEG), Public Health Assessment Guidance Manual, appendix F.
- EPA's national recommended water quality criteria of 2002, for water drunk and fish eaten.
- GB 36600-2018 screening values, which HJ 25.3-2019 gives with its own parameters (annex G) and toxicity (annex B).

Does not belong here: which parameters and toxicity values the marts choose.
"""

from __future__ import annotations

import csv
import math
from typing import Any

import duckdb
import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehpilot.project import DBT_DIR

EQUATIONS: Any = (
    jinja2.Environment(loader=jinja2.FileSystemLoader(DBT_DIR / "macros"), extensions=["jinja2.ext.do"])
    .get_template("risk.sql")
    .module
)
CONNECTION = duckdb.connect()


def value(macro: str, *arguments: object) -> float:
    """Result of one equation for plain numbers."""
    texts = ["null" if argument is None else repr(argument).lower() for argument in arguments]
    texts = [f"cast({text} as double)" if text not in ("true", "false") else text for text in texts]
    (found,) = CONNECTION.execute(f"select {getattr(EQUATIONS, macro)(*texts)}").fetchone() or (None,)
    return found  # type: ignore[return-value]


LIFE_D = 70 * 365.0  # EPA: 25,550 d

# --- EPA RSL: residents EF 350 d/a, ED 26 a (6 as a child), ET 24 h; workers 250 d/a, 25 a, 8 h ---


@pytest.mark.parametrize(
    ("title", "unit_risk", "time_h", "frequency", "duration", "published"),
    [
        ("benzene, resident air", 7.8e-6, 24, 350, 26, 0.36),
        ("benzene, industrial air", 7.8e-6, 8, 250, 25, 1.6),
        ("1,3-butadiene, resident air", 3e-5, 24, 350, 26, 0.094),
        ("1,2-dichloroethane, resident air", 2.6e-5, 24, 350, 26, 0.11),
    ],
)
def test_inhalation_cancer(
    title: str, unit_risk: float, time_h: float, frequency: float, duration: float, published: float
) -> None:
    exposure = value("exposure_concentration", 1.0, time_h, frequency, duration, LIFE_D)
    assert 1e-6 / value("linear_risk", unit_risk, exposure) == pytest.approx(published, rel=0.02), title


@pytest.mark.parametrize(
    ("title", "reference_ug_m3", "time_h", "frequency", "duration", "published"),
    [
        ("benzene, resident air", 30, 24, 350, 26, 31),
        ("benzene, industrial air", 30, 8, 250, 25, 130),
        ("toluene, resident air", 5000, 24, 350, 26, 5200),
        ("toluene, industrial air", 5000, 8, 250, 25, 22000),
    ],
)
def test_inhalation_hazard(
    title: str, reference_ug_m3: float, time_h: float, frequency: float, duration: float, published: float
) -> None:
    exposure = value("exposure_concentration", 1.0, time_h, frequency, duration, duration * 365.0)
    assert 1 / value("hazard_quotient", exposure, reference_ug_m3) == pytest.approx(published, rel=0.02), title


AGES = [(0, 2), (2, 6), (6, 16), (16, 26)]
ADAF = [10, 3, 3, 1]


def test_trichloroethylene_is_adjusted_on_its_kidney_part_only() -> None:
    """RSL resident air 0.48 ug/m3 (cancer): 1.0e-6 of the 4.1e-6 take ADAF."""
    risk = sum(
        value("linear_risk", 4.1e-6, value("exposure_concentration", 1.0, 24.0, 350.0, high - low, LIFE_D))
        * value("early_life_factor", adaf, 1.0 / 4.1)
        for (low, high), adaf in zip(AGES, ADAF, strict=True)
    )
    assert 1e-6 / risk == pytest.approx(0.48, rel=0.01)


def test_a_lifetime_factor_is_1657() -> None:
    """(10 x 2 + 3 x 14 + 54) / 70, EPA 2005 supplemental guidance."""
    years = [value("years_shared", 0, 70, low, high) for low, high in ((0, 2), (2, 16), (16, 100))]
    factors = [value("early_life_factor", adaf, 1.0) for adaf in (10, 3, 1)]
    assert years == [2, 14, 54]
    assert sum(y * f for y, f in zip(years, factors, strict=True)) / 70 == pytest.approx(1.657, abs=5e-4)


def test_water_drunk_washed_in_and_breathed() -> None:
    """RSL tap water, benzene 0.46 ug/L: ingestion 0.78 and 2.5 L/d, 15 and 80 kg; skin 6,365 and 19,652 cm2, one
    event of 0.671 h (age-adjusted); inhalation by the Andelman factor 0.5 L/m3."""
    slope, kp, tau, t_star, ratio = 0.055, 0.0149, 0.2879, 0.691, 0.05065
    oral = skin = 0.0
    event = value("dermal_event_dose", 0.001, True, kp, tau, t_star, ratio, 1.0, (0.54 * 6 + 0.71 * 20) / 26)
    for duration, litres, weight, area in ((6, 0.78, 15, 6365), (20, 2.5, 80, 19652)):
        oral += value("ingestion_dose", 0.001, litres, weight, 350, duration, LIFE_D)
        skin += value("dermal_water_dose", event, area, 1.0, weight, 350, duration, LIFE_D)
    air = value("exposure_concentration", 0.5, 24.0, 350.0, 26.0, LIFE_D)
    risk = slope * oral + value("dermal_slope_factor", slope, 1.0) * skin + 7.8e-6 * air
    assert 1e-6 / risk == pytest.approx(0.46, rel=0.015)


def test_soil_swallowed_and_on_the_skin_with_early_life() -> None:
    """RSL resident soil, benzo[a]pyrene 0.11 mg/kg: SF 1, mutagen, ABS 0.13; the inhaled particles add less than 1
    %."""
    risk = 0.0
    for (low, high), adaf in zip(AGES, ADAF, strict=True):
        soil_mg, weight, area, adherence = (200, 15, 2373, 0.2) if high <= 6 else (100, 80, 6032, 0.07)
        oral = value("ingestion_dose", 1.0, soil_mg * 1e-6, weight, 350, high - low, LIFE_D)
        skin = value("dermal_soil_dose", 1.0, area, adherence, 0.13, 1.0, weight, 350, high - low, LIFE_D)
        risk += value("early_life_factor", adaf, 1.0) * (oral + skin)
    assert 1e-6 / risk == pytest.approx(0.115, rel=0.01)


# --- ATSDR ----------------------------------------------------------------------------------------


def test_atsdr_comparison_values() -> None:
    """CREG of benzene in air 0.13 ug/m3 (lifelong, every day); chronic EMEG of benzene in drinking water, MRL 0.0005
    mg/(kg d): child 5 ug/L (10 kg, 1 L/d), adult 18 ug/L (70 kg, 2 L/d)."""
    exposure = value("exposure_concentration", 1.0, 24.0, 365.0, 70.0, LIFE_D)
    assert 1e-6 / value("linear_risk", 7.8e-6, exposure) == pytest.approx(0.13, rel=0.02)
    child = value("ingestion_dose", 0.001, 1.0, 10.0, 365.0, 6.0, 6 * 365.0)
    adult = value("ingestion_dose", 0.001, 2.0, 70.0, 365.0, 30.0, 30 * 365.0)
    assert [round(1 / value("hazard_quotient", dose, 0.0005)) for dose in (child, adult)] == [5, 18]


# --- skin in water: the three branches by hand ----------------------------------------------------


def test_dose_of_an_event_in_water() -> None:
    """RAGS E equations 3.2, 3.3 and 3.4 worked by hand for 1 mg/L; the two organic branches meet about t* = 2.4
    tau."""
    short = value("dermal_event_dose", 1.0, True, 0.01, 0.5, 1.2, 0.1, 1.0, 0.25)
    assert short == pytest.approx(2 * 0.01 * 1e-3 * math.sqrt(6 * 0.5 * 0.25 / math.pi), rel=1e-12)
    long = value("dermal_event_dose", 1.0, True, 0.01, 0.5, 1.2, 0.1, 1.0, 2.0)
    assert long == pytest.approx(1e-5 * (2 / 1.1 + 2 * 0.5 * (1 + 0.3 + 0.03) / 1.21), rel=1e-12)
    assert value("dermal_event_dose", 2.0, False, 0.001, None, None, None, 1.0, 0.5) == pytest.approx(1e-6, rel=1e-12)
    ends = [value("dermal_event_dose", 1.0, True, 0.01, 0.5, 1.2, 0.0, 1.0, time) for time in (1.2, 1.2 + 1e-9)]
    assert ends[1] == pytest.approx(ends[0], rel=0.06)


@pytest.mark.parametrize(
    ("soil_mg_kg", "soil_mg_d", "weight_kg", "days_a", "years", "slope", "dose", "risk"),
    [
        (22_500, 200, 35, 52, 10, 2.0, 2.6e-3, 5e-3),
        (85, 200, 35, 52, 10, 2.0, 1e-5, 2e-5),
        (210, 200, 35, 52, 10, 1.5, 2.4e-5, 4e-5),
        (22_500, 50, 70, 250, 30, 2.0, 4.7e-3, 9e-3),
        (85, 50, 70, 250, 30, 2.0, 1.8e-5, 4e-5),
        (210, 50, 70, 250, 30, 1.5, 4.4e-5, 7e-5),
    ],
)
def test_children_and_workers_of_a_public_health_assessment(
    soil_mg_kg: float, soil_mg_d: float, weight_kg: float, days_a: float, years: float, slope: float, dose: float,
    risk: float,
) -> None:  # fmt: skip
    """Notes 1 to 7 of a health assessment by ATSDR's method: trespassing children (2 days in each of 26 weeks, 10 a),
    workers (5 days in each of 50 weeks, 30 a) who swallow PCBs (2 per mg/(kg d)) or arsenic (1.5); one or two digits
    are printed."""
    found = value("ingestion_dose", soil_mg_kg, soil_mg_d * 1e-6, weight_kg, days_a, years, LIFE_D)
    assert found == pytest.approx(dose, rel=0.04)
    assert value("linear_risk", slope, found) == pytest.approx(risk, rel=0.11)


def test_a_gardener_of_atsdrs_training() -> None:
    """ATSDR, Public Health Assessment training, module 3, step 2.1: arsenic at 11 mg/kg, 100 mg/d, 5 days a week in 26
    weeks of 35 years, 70 kg: exposure factor 0.36, dose 6e-6 mg/(kg d)."""
    assert value("exposed_share", 5 * 26, 35, 35 * 365.0) == pytest.approx(0.36, abs=0.005)
    assert value("ingestion_dose", 11.0, 100e-6, 70, 5 * 26, 35, 35 * 365.0) == pytest.approx(6e-6, abs=0.5e-6)


# --- water drunk and the fish that lives in it -----------------------------------------------------


@pytest.mark.parametrize(
    ("substance", "slope", "reference", "bcf_l_kg", "with_water", "fish_alone"),
    [
        ("acrylonitrile", 0.54, None, 30, 0.051, 0.25),
        ("benzene", 0.015, None, 5.2, 2.2, 51),
        ("carbon tetrachloride", 0.13, None, 18.75, 0.23, 1.6),
        ("antimony, 40 % from water", None, 4e-4 * 0.4, 1, 5.6, 640),
        ("zinc", None, 0.3, 47, 7400, 26_000),
        ("selenium", None, 0.005, 4.8, 170, 4200),
        ("chlorobenzene, 20 % from water", None, 0.02 * 0.2, 10.3, 130, 1600),
    ],
)
def test_water_and_fish_of_epas_water_quality_criteria(
    substance: str, slope: float | None, reference: float | None, bcf_l_kg: float, with_water: float, fish_alone: float
) -> None:
    """National Recommended Water Quality Criteria: 2002 (calculation matrix EPA-822-R-02-012): 70 kg, 2 L/d, 17.5 g/d
    of fish at water x BCF, risk 1e-6 or quotient 1; two digits are printed, in µg/L."""
    water, fish = (value("ingestion_dose", *intake, 70, 365, 70, LIFE_D) for intake in ((1.0, 2.0), (bcf_l_kg, 0.0175)))
    for dose, printed in ((water + fish, with_water), (fish, fish_alone)):
        if slope is not None:
            level = 1e-6 / value("linear_risk", slope, dose)
        else:
            level = 1.0 / value("hazard_quotient", dose, reference)
        assert float(f"{level * 1000:.2g}") == printed, substance


# --- HJ 25.3-2019 → GB 36600-2018 -----------------------------------------------------------------

HJ25_SKIN = {"child": (113.15, 19.2, 0.36), "adult": (161.5, 61.8, 0.32), "worker": (161.5, 61.8, 0.18)}
LIFE_HJ25_D = 27740.0

# substance: (oral SF, IUR per ug/m3, RfD, ABS, class 1, class 2); toxicity of HJ 25.3-2019 annex B (EPA IRIS, PPRTV)
GB_36600 = {
    "苯并[a]蒽": (0.1, 6e-5, None, 0.13, 5.5, 15),
    "苯并[a]芘": (1.0, 6e-4, 3e-4, 0.13, 0.55, 1.5),
    "2,4-二氯酚": (None, None, 0.003, 0.1, 117, 843),
    "2,4-二硝基酚": (None, None, 0.002, 0.1, 78, 562),
    "邻苯二甲酸二正辛酯": (None, None, 0.01, 0.1, 390, 2812),
    "乐果": (None, None, 0.0022, 0.1, 86, 619),
    "硫丹": (None, None, 0.006, 0.1, 234, 1687),
    "邻苯二甲酸丁基苄酯": (0.0019, None, 0.2, 0.1, 312, 900),
    "邻苯二甲酸二(2-乙基己基)酯": (0.014, 2.4e-6, 0.02, 0.1, 42, 121),
    "五氯酚": (0.4, 5.1e-6, 0.005, 0.25, 1.1, 2.7),
    "阿特拉津": (0.23, None, 0.035, 0.1, 2.6, 7.4),
}


def _doses(land_class: int, absorbed: float, averaging_d: float, people: tuple[str, ...]) -> tuple[float, float, float]:
    """Oral, dermal and inhaled dose in mg/(kg d) per mg/kg of soil, summed over the ages."""
    frequency, outdoor, indoor = (350, 87.5, 262.5) if land_class == 1 else (250, 62.5, 187.5)
    oral = skin = air = 0.0
    for person in people:
        height, weight, fraction = HJ25_SKIN[person]
        duration, soil_mg, adherence, breath = {
            "child": (6, 200, 0.2, 7.5), "adult": (24, 100, 0.07, 14.5), "worker": (25, 100, 0.2, 14.5)
        }[person]  # fmt: skip
        area = value("exposed_skin_cm2", height, weight, fraction)
        oral += value("ingestion_dose", 1.0, soil_mg * 1e-6, weight, frequency, duration, averaging_d)
        skin += value("dermal_soil_dose", 1.0, area, adherence, absorbed, 1.0, weight, frequency, duration, averaging_d)
        air += value(
            "hj25_particle_dose", 1.0, 0.119, breath, 0.75, 0.5, outdoor, 0.8, indoor, weight, duration, averaging_d
        )
    return oral, skin, air


def _screening_level(
    slope: float | None, unit_risk: float | None, reference: float | None, absorbed: float, land_class: int
) -> float:
    """mg/kg: the smaller of risk 1e-6 and hazard quotient 1 x the soil's share 0.5."""
    people = ("child", "adult") if land_class == 1 else ("worker",)
    levels = []
    if slope:
        oral, skin, air = _doses(land_class, absorbed, LIFE_HJ25_D, people)
        slope_air = value("hj25_inhalation_slope_factor", (unit_risk or 0) * 1000, 61.8, 14.5)
        levels.append(1e-6 / (slope * (oral + skin) + slope_air * air))
    if reference:
        averaging = 2190.0 if land_class == 1 else 9125.0
        oral, skin, _ = _doses(land_class, absorbed, averaging, people[:1])
        levels.append(0.5 / value("hazard_quotient", oral + skin, reference))
    return min(levels)


@pytest.mark.parametrize("land_class", [1, 2])
@pytest.mark.parametrize("substance", GB_36600)
def test_hj25_gives_the_screening_values_of_gb_36600(substance: str, land_class: int) -> None:
    """22 values, each within 1.3 % and one unit of its last printed digit: the standard rounds some, cuts others."""
    *parameters, class_1, class_2 = GB_36600[substance]
    level = _screening_level(*parameters, land_class)
    printed = (class_1, class_2)[land_class - 1]
    last_digit = 10.0 ** -len(str(printed).partition(".")[2])
    assert level == pytest.approx(printed, rel=0.0131) and abs(level - printed) < last_digit


# the same of substances whose printed values are cut or rounded to one or two digits, so that 1.3 % asks too much
GB_36600_COARSE = {
    "p,p'-滴滴滴": (0.24, 6.9e-5, None, 0.1, 2.5, 7.1),
    "滴滴涕": (0.34, 9.7e-5, 5e-4, 0.03, 2.0, 6.7),
    "氯丹": (0.35, 1e-4, 5e-4, 0.04, 2.0, 6.2),
    "七氯": (4.5, 1.3e-3, 5e-4, 0.1, 0.13, 0.37),
    "γ-六六六": (1.1, 3.1e-4, 3e-4, 0.04, 0.62, 1.9),
    "α-六六六": (6.3, 1.8e-3, 8e-3, 0.1, 0.09, 0.3),
    "灭蚁灵": (18.0, 5.1e-3, 2e-4, 0.1, 0.03, 0.09),
    "苯并[b]荧蒽": (0.1, 6e-5, None, 0.13, 5.5, 15),
    "苯并[k]荧蒽": (0.01, 6e-6, None, 0.13, 55, 151),
    "二苯并[a,h]蒽": (1.0, 6e-4, None, 0.13, 0.55, 1.5),
    "茚并[1,2,3-cd]芘": (0.1, 6e-5, None, 0.13, 5.5, 15),
}


@pytest.mark.parametrize("land_class", [1, 2])
@pytest.mark.parametrize("substance", GB_36600_COARSE)
def test_hj25_gives_the_coarse_screening_values_too(substance: str, land_class: int) -> None:
    """22 more values: what is printed is our value rounded or cut at the last printed digit."""
    *parameters, class_1, class_2 = GB_36600_COARSE[substance]
    printed = (class_1, class_2)[land_class - 1]
    digits = len(str(printed).partition(".")[2])
    level = _screening_level(*parameters, land_class)
    assert printed in (round(level, digits), math.floor(level * 10**digits) / 10**digits), level


def test_the_published_values_are_those_of_the_seed() -> None:
    """The oracle is the standard's own table (rows that were read in a public copy), not this file."""
    path = DBT_DIR / "seeds" / "standards" / "environmental_standard.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["standard_code"] == "GB 36600-2018"]
    printed: dict[str, set[float]] = {}
    for row in rows:
        if "筛选值" in row["class"]:
            printed.setdefault(row["parameter_cn"].replace("（", "(").replace("）", ")"), set()).add(
                float(row["limit_value"])
            )
    missing = {
        name
        for name, figures in (GB_36600 | GB_36600_COARSE).items()
        if not {float(f) for f in figures[4:]} <= printed.get(name, set())
    }
    assert missing == set()


def test_inhalation_reference_dose_of_hj25() -> None:
    assert value("hj25_inhalation_reference_dose", 0.03, 61.8, 14.5) == pytest.approx(0.03 * 14.5 / 61.8, rel=1e-12)


# --- laws -----------------------------------------------------------------------------------------

POSITIVE = st.floats(1e-6, 1e3)


@settings(max_examples=60, deadline=None)
@given(POSITIVE, POSITIVE, st.floats(1.001, 100))
def test_risk_rises_with_the_dose_and_stays_below_one(potency: float, dose: float, factor: float) -> None:
    low, high = (value("cancer_risk", value("linear_risk", potency, d)) for d in (dose, dose * factor))
    assert 0 <= low <= high <= 1
    assert value("hazard_quotient", dose * factor, potency) > value("hazard_quotient", dose, potency)


def test_high_risks_take_the_one_hit_form() -> None:
    assert value("cancer_risk", 0.01) == 0.01
    assert value("cancer_risk", 0.02) == pytest.approx(1 - math.exp(-0.02), rel=1e-12)
    assert value("cancer_risk", None) is None


@settings(max_examples=40, deadline=None)
@given(POSITIVE, st.floats(0.1, 10), st.floats(3, 120), st.floats(1, 365), st.floats(1, 70))
def test_a_dose_does_not_depend_on_the_unit(
    mg_l: float, litres: float, weight: float, days: float, years: float
) -> None:
    """mg/L x L/d is ug/mL x L/d; a year is 365 d; twice the days for half the years is the same dose."""
    dose = value("ingestion_dose", mg_l, litres, weight, days, years, LIFE_D)
    assert value("ingestion_dose", mg_l * 1e3, litres / 1e3, weight, days, years, LIFE_D) == pytest.approx(
        dose, rel=1e-12
    )
    assert value("ingestion_dose", mg_l, litres, weight, days * 2, years / 2, LIFE_D) == pytest.approx(dose, rel=1e-12)


@pytest.mark.parametrize("unknown", range(6))
def test_what_is_unknown_stays_unknown(unknown: int) -> None:
    known: list[float | None] = [1.0, 2.0, 60.0, 350.0, 24.0, LIFE_D]
    known[unknown] = None
    assert value("ingestion_dose", *known) is None
