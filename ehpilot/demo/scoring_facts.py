"""pilot/评分事实: what scoring rules ask of applications, open facilities, beaches, venues, experts and projects.

Belongs here: facts in the words of the rules, with what is true of who deserves what. Most objects have all of theirs,
a few lack some, one fires a veto. Does not belong here: the rules, points and levels (seeds, kernels), other files
(pilot_work)."""

from __future__ import annotations

from datetime import date

from ehpilot.demo import fund
from ehpilot.demo.files import Table
from ehpilot.demo.indices import BEACHES
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import World

EVIDENCE = "材料（虚构）"
# name, category, industry and the stage that its office states; the first is said to be further than its facts
PROJECTS = (
    ("滨海环境健康研学线路（虚构）", "研学", "文旅", "投运"),
    ("低挥发胶粘剂替代示范（虚构）", "技术", "化工", "立项"),
    ("厂界异味溯源服务（虚构）", "服务", "检测", "在建"),
    ("海水浴场友好运营提升（虚构）", "研学", "文旅", "投运"),
    ("含氟废气深度治理技术输出（虚构）", "技术", "化工", "投运"),
    ("泄漏检测无人机巡检服务（虚构）", "服务", "检测", "投运"),
)
GATES = {"serious_penalty_12m": 0, "truthful_file": 1, "double_grant": 0, "recusal_done": 1, "conflict_of_law": 0}
# fact: (value of the worst, value of the best); a merit between 0 and 1 lies between
MERITS: dict[str, dict[str, tuple[float, float]]] = {
    "企业": {
        "risk_reduction_share": (0.02, 0.42),
        "population_benefit": (200, 5200),
        "innovation_level": (0, 3),
        "spread_count": (0, 6),
        "yuan_per_tox_kg": (900, 40),
    },
    "研学基地": {
        "visitors_year": (800, 10500),
        "quiz_gain": (0.03, 0.31),
        "school_coverage": (0.05, 0.55),
        "course_count": (1, 5),
        "partner_count": (1, 6),
        "yuan_per_visitor": (180, 15),
    },
    "团队": {
        "lectures_year": (3, 25),
        "reached_persons": (200, 3200),
        "quiz_gain": (0.03, 0.31),
        "product_count": (0, 4),
        "trained_persons": (1, 12),
        "yuan_per_person": (90, 4),
    },
    "项目": {
        "target_done_share": (0.65, 1.0),
        "risk_reduction_share": (0.02, 0.42),
        "population_benefit": (200, 5200),
        "innovation_level": (0, 3),
        "replicated": (0, 4),
        "leverage": (0.2, 3.2),
    },
}
MORE_GATES = {
    "企业": {"code_red_or_orange": 0, "problems_overdue": 0},
    "研学基地": {"safety_permit": 1},
    "团队": {"team_size": 5},
    "项目": {"project_finished": 1},
}
WHOLE = frozenset({"innovation_level", "spread_count", "course_count", "partner_count", "product_count", "replicated"})
FACILITY = {
    "serious_penalty_12m": 0,
    "code_red_or_orange": 0,
    "open_plan": 1,
    "safety_plan": 1,
    "group_kinds": 4,
    "booking": 2,
    "stops": 6,
    "data_shown": 5,
    "complaint_trend": -0.3,
    "safety_incident": 0,
    "data_fraud": 0,
}
BEACH = {
    "shoreline_change": (-1.8, 0.2),
    "hazard_day_share": (0.25, 0.02),
    "comfort_day_share": (0.25, 0.7),
    "sea_water_class": (4, 1),
    "oil_film": (1, 0),
    "sediment_metal_index": (1.2, 0.3),
    "water_transparency": (0.4, 1.4),
    "jelly_redtide_days": (12, 0),
    "lifeguard_coverage": (0.7, 1.0),
    "first_aid": (1, 2),
    "sand_fungi": (150, 40),
    "air_good_share": (0.85, 0.98),
    "bather_cr": (5e-6, 2e-7),
    "bather_hi": (1.5, 0.2),
    "access": (1, 2),
    "toilet_per_km": (8, 22),
    "barrier_free": (0, 2),
    "info_board": (2, 5),
    "education_events": (1, 6),
    "env_health_plus_value": (40, 520),
}

LEADING = {
    "plus_revenue_share": (0.02, 0.32),
    "plus_revenue_growth": (0.01, 0.22),
    "risk_reduction_share": (0.02, 0.42),
    "rd_share": (0.005, 0.055),
    "friendly_products": (0, 4),
    "partner_count": (0, 11),
    "incident_12m": (0, 0),
}
PRODUCT_GATES = {"test_report": 1, "restricted_substance": 0, "lawful_sale": 1, "claim_evidence": 1}
PRODUCT = {
    "tox_reduction_share": (0.02, 0.55),
    "voc_limit_share": (0.95, 0.15),
    "exposure_reduction_share": (0.02, 0.55),
    "recycled_share": (0.01, 0.32),
    "carbon_reduction_share": (0.01, 0.32),
    "sales_10k_yuan": (20, 560),
    "quality_incident": (0, 0),
}


# industrial output of the zone in 10⁴ yuan, by year
OUTPUT = {2024: 5_210_000.0, 2025: 5_480_000.0}


def add_all(world: World, ledger: Ledger, table: Table) -> None:
    """Facts of 2026 (applications, projects, experts) and 2025 (facilities, beaches, venues)."""
    _applications(world, ledger, table)
    for number, site in enumerate([s for s in world.active if s.kind.is_synthetic][:5]):
        known = dict(list(FACILITY.items())[: len(FACILITY) - (5 if number == 4 else 0)])
        _add(table, "企业", site.name, known | ({"code_red_or_orange": 1} if number == 3 else {}), date(2025, 12, 20))
    for beach, quality in BEACHES.items():
        for year in (2024, 2025):
            values = {fact: _between(fact, ends, quality) for fact, ends in BEACH.items()}
            _add(table, "沙滩", beach, values | {"drowning_negligence": 0}, date(year, 9, 28))
    venue = {
        "area_m2": 180,
        "exhibit_update_months": 5,
        "quiz_gain_low": 0.21,
        "key_group_share": 0.35,
        "wrong_science": 0,
    }
    experts = {
        "founding_document": 1, "coi_declared": 1.0, "consent_public": 1, "training_hours": 20, "services": 18,
        "satisfaction": 0.92, "response_days": 3, "undisclosed_coi": 0,
    }  # fmt: skip
    _add(table, "宣传阵地", "全部阵地", venue, date(2025, 12, 15))
    _add(table, "专家团队", "专家团队", experts, date(2026, 3, 15))
    for year, output in OUTPUT.items():
        table.add(["区域", "全区", "gross_output_10k_yuan", output, "万元", date(year, 12, 31), EVIDENCE])
        _add(table, "区域", "全区", {"incident_major": 0, "fraud_confirmed": 0}, date(year, 12, 31))
    _projects(ledger, table)
    _recognitions(world, ledger, table)


def _applications(world: World, ledger: Ledger, table: Table) -> None:
    gone = fund.recalled(world)
    for one in fund.applications(world):
        merits = {fact: _between(fact, ends, one.merit) for fact, ends in MERITS[one.track].items()}
        known = GATES | MORE_GATES[one.track] | merits
        known |= {"public_notice_objection_upheld": int(one.number == fund.OBJECTED), "incident_after_award": 0}
        if one.number == fund.PENALISED:
            known["serious_penalty_12m"] = 1
        if one.number == fund.UNPROVEN:
            del known["truthful_file"]
        known["audited_cost_yuan"] = one.cost_yuan
        ledger.fact("scored_applications", application_id=one.name, merit=one.merit, is_barred=one.is_barred)
        _add(table, "奖补申报", one.name, known, date(2026, 2, 10))
        if one == gone:
            _add(table, "奖补申报", one.name, {"incident_after_award": 1}, date(2026, 6, 20))


def _projects(ledger: Ledger, table: Table) -> None:
    stages = (
        ("project_sheet",), ("approved", "baseline_measured"), ("construction_or_trial",),
        ("indicator_improved",), ("value_verified", "replicable"),
    )  # fmt: skip
    for number, (project, *_) in enumerate(PROJECTS, 1):
        known: dict[str, float] = {
            "greenwash": 0,
            "veto_beach": 0,
            "code_red_or_orange": 0,
            "operating_months": 3 + 2 * number,
        }
        for stage in stages[: number if number < 6 else 5]:
            known |= dict.fromkeys(stage, 1)
        ledger.fact("industry_projects", number=number, is_converted=number >= 5)
        _add(table, "转化项目", project, known, date(2026, 4, 8))


def _recognitions(world: World, ledger: Ledger, table: Table) -> None:
    """Candidates of the leading enterprises and the environment-friendly products; the second of each lacks a gate."""
    gates = ({"serious_penalty_12m": 0, "code_red_or_orange": 0, "problems_overdue": 0}, PRODUCT_GATES)
    others = fund.candidates(world, [site for site in world.active if not site.kind.is_synthetic])
    sites = [site.name for site in others][:3]
    products = [f"示例环境健康友好产品{number}（虚构）" for number in (1, 2, 3)]
    for kind, names, shape, first in (("企业", sites, LEADING, gates[0]), ("产品", products, PRODUCT, gates[1])):
        for number, name in enumerate(names):
            merit = (0.95, 0.9, 0.6)[number]
            known = first | {fact: _between(fact, ends, merit) for fact, ends in shape.items()} | {"greenwash": 0}
            if number == 1:
                del known[next(iter(first))]
            ledger.fact("candidates", kind=kind, name=name, merit=merit, is_barred=number == 1)
            _add(table, kind, name, known, date(2026, 3, 20))


def _between(fact: str, ends: tuple[float, float], merit: float) -> float:
    value = ends[0] + (ends[1] - ends[0]) * merit
    is_whole = fact in WHOLE or (float(ends[0]).is_integer() and float(ends[1]).is_integer() and abs(ends[1]) < 50)
    return float(round(value)) if is_whole else float(f"{value:.3g}")


def _add(table: Table, kind: str, name: str, facts: dict[str, float], day: date) -> None:
    for fact, value in facts.items():
        table.add([kind, name, fact, value, None, day, EVIDENCE])
