"""What fictional plants make, use and emit: the recipes of processes and trades.

Belongs here: products, materials and true emission per tonne of product of each kind of plant; substances.
Does not belong here: single plants (world.py).

The factors are invented for the demo. They are of a plausible size and must never be cited. What a process takes,
makes and lets go is what its chemistry allows.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Substance:
    """A pollutant as the reference tables name it."""

    pollutant_id: str
    name_cn: str
    name_en: str
    aliases: tuple[str, ...]
    molar_mass_g_mol: float | None
    lists: tuple[str, ...]
    is_new: bool

    @property
    def is_listed(self) -> bool:
        """On a list of toxic, priority or new pollutants."""
        return bool(self.lists) or self.is_new

    @property
    def is_cas(self) -> bool:
        """The id is a CAS number."""
        return self.pollutant_id.count("-") == 2


@cache
def substances() -> dict[str, Substance]:
    """The substances of the demo by pollutant_id (a copy of a few rows of the reference table)."""
    with (Path(__file__).parent / "substances.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["pollutant_id"]: _substance(row) for row in rows}


def _substance(row: dict[str, str]) -> Substance:
    mass = row["molar_mass_g_mol"]
    return Substance(
        row["pollutant_id"],
        row["name_cn"],
        row["name_en"],
        tuple(alias for alias in row["aliases"].split(";") if alias),
        float(mass) if mass else None,
        tuple(code for code in row["regulatory_lists"].split(";") if code),
        row["pollutant_group"] == "new_pollutant",
    )


@dataclass(frozen=True)
class Kind:
    """A kind of plant. ``air`` and ``water``: (pollutant_id, true grams per tonne of product before spread)."""

    kind_id: str
    industry_code: str
    industry_name: str
    trade: str
    unit_name: str
    product: tuple[str, str, str]  # name, product code, CAS or ''
    capacity_t: float  # median, t/a
    materials: tuple[tuple[str, str, float], ...]  # name, CAS or '', t per t of product
    air: tuple[tuple[str, float], ...]
    water: tuple[tuple[str, float], ...] = ()
    fugitive_share: float = 0.55  # of what evaporates; what burns leaves by the stack (fugitive_share_of)
    count: int = 8
    hours_h_a: float = 8000  # median running hours
    is_synthetic: bool = False

    @property
    def is_chemical(self) -> bool:
        """Stands in a park by rule: chemistry, refining, drugs, hazardous waste."""
        return self.industry_code[:2] in ("25", "26", "27", "77")

    @property
    def is_large_scale(self) -> bool:
        """Crackers, oxidation and refining: at the seaward side of a park, away from homes, with furnaces."""
        return self.kind_id in ("olefin", "oxide", "chlorohydrin", "refinery")

    @property
    def is_fired(self) -> bool:
        """Its stacks are flues of furnaces, boilers or incinerators."""
        return self.kind_id in ("power", "waste", "refinery", "olefin")

    def fugitive_share_of(self, code: str) -> float:
        """Share of a pollutant's emission that leaves outside of stacks."""
        if code in COMBUSTION:
            return 0.0
        return self.fugitive_share if code != "TSP" or self.kind_id == "port" else 0.1


# formed in flames or in closed furnaces: no part of it leaks from seals and tanks
COMBUSTION = frozenset({"NOX", "7446-09-5", "DIOXIN-TEQ", "7439-97-6", "7440-43-9", "7439-92-1", "7647-01-0"})

# what is dissolved in, not made of, in these recipes. Synthesis sends it round, so what it takes in is what it has lost
# (ethylbenzene: the diluent of the bulk SAN that ABS is blended with); no product holds it
SOLVENTS = ("75-09-2", "67-66-3", "108-88-3", "1330-20-7", "100-41-4", "78-93-3")

_SYNTHETIC = (
    Kind(
        "pvc", "2651", "初级形态塑料及合成树脂制造", "聚氯乙烯", "氧氯化及悬浮聚合单元",
        ("聚氯乙烯树脂", "2651010100", "9002-86-2"), 90000,
        (("乙烯", "74-85-1", 0.47), ("1,2-二氯乙烷", "107-06-2", 1.62), ("氯乙烯", "75-01-4", 1.01)),
        (("75-01-4", 20.0), ("107-06-2", 9.0), ("7647-01-0", 4.0), ("TSP", 45.0), ("NMHC", 60.0)),
        (("75-01-4", 0.3), ("107-06-2", 0.4)), 0.55, 8, 8000, True,
    ),
    Kind(
        "abs", "2651", "初级形态塑料及合成树脂制造", "苯乙烯树脂", "乳液接枝聚合单元",
        ("ABS树脂", "2651020100", "9003-56-9"), 120000,
        (("苯乙烯", "100-42-5", 0.62), ("丙烯腈", "107-13-1", 0.23), ("1,3-丁二烯", "106-99-0", 0.16),
         ("乙苯", "100-41-4", 0.0006)),
        (("100-42-5", 32.0), ("107-13-1", 2.4), ("106-99-0", 2.0), ("100-41-4", 4.0), ("NMHC", 150.0)),
        (("100-42-5", 0.4), ("107-13-1", 0.9)), 0.6, 8, 8000, True,
    ),
    Kind(
        "sbr", "2652", "合成橡胶制造", "丁苯橡胶", "乳液聚合单元",
        ("丁苯橡胶", "2652010100", "9003-55-8"), 60000,
        (("1,3-丁二烯", "106-99-0", 0.74), ("苯乙烯", "100-42-5", 0.25), ("壬基酚", "25154-52-3", 0.0006)),
        (("106-99-0", 7.0), ("100-42-5", 24.0), ("100-40-3", 6.0), ("NMHC", 220.0)),
        (("100-42-5", 0.5), ("25154-52-3", 0.04)), 0.6, 8, 8000, True,
    ),
    Kind(
        "pet", "2653", "合成纤维单（聚合）体制造", "聚酯", "酯化缩聚单元",
        ("聚对苯二甲酸乙二醇酯", "2653010100", "25038-59-9"), 250000,
        (("对苯二甲酸", "100-21-0", 0.86), ("乙二醇", "107-21-1", 0.34), ("三氧化二锑", "1309-64-4", 0.0003)),
        (("75-07-0", 9.0), ("107-21-1", 6.0), ("123-91-1", 0.6), ("NMHC", 30.0)),
        (("75-07-0", 0.4), ("107-21-1", 12.0), ("123-91-1", 2.0), ("7440-36-0", 0.03)), 0.35, 8, 8200, True,
    ),
    Kind(
        "pc", "2651", "初级形态塑料及合成树脂制造", "聚碳酸酯", "界面缩聚单元",
        ("聚碳酸酯", "2651070100", "25037-45-0"), 80000,
        (("双酚A", "80-05-7", 0.92), ("光气", "75-44-5", 0.42), ("二氯甲烷", "75-09-2", 0.003),
         ("苯酚", "108-95-2", 0.02)),
        (("75-09-2", 30.0), ("80-05-7", 0.03), ("108-95-2", 2.5), ("NMHC", 60.0)),
        (("75-09-2", 0.6), ("80-05-7", 0.2), ("108-95-2", 0.8)), 0.55, 8, 8000, True,
    ),
)  # fmt: skip

_LISTED = (
    Kind("olefin", "2614", "有机化学原料制造", "乙烯", "裂解单元", ("乙烯", "2614010100", "74-85-1"), 800000,
         (("石脑油", "", 3.1),),
         (("71-43-2", 3.0), ("106-99-0", 0.5), ("108-88-3", 4.0), ("74-85-1", 20.0), ("NOX", 110.0), ("NMHC", 70.0)),
         (("71-43-2", 0.02), ("108-88-3", 0.02)), 0.7, 1, 8200),
    Kind("oxide", "2614", "有机化学原料制造", "环氧乙烷", "乙烯氧化单元", ("环氧乙烷", "2614020100", "75-21-8"), 150000,
         (("乙烯", "74-85-1", 0.82),),
         (("75-21-8", 1.2), ("75-07-0", 1.0), ("74-85-1", 25.0), ("NMHC", 40.0)),
         (("107-21-1", 30.0), ("75-07-0", 0.1)), 0.6, 2, 8200),
    Kind("chlorohydrin", "2614", "有机化学原料制造", "环氧氯丙烷", "甘油氯化皂化单元",
         ("环氧氯丙烷", "2614030100", "106-89-8"), 60000,
         (("丙三醇", "56-81-5", 1.02), ("氯化氢", "7647-01-0", 0.82)),
         (("106-89-8", 4.0), ("7647-01-0", 6.0), ("NMHC", 40.0)), (("106-89-8", 0.04),), 0.55, 1, 8000),
    Kind("refinery", "2511", "原油加工及石油制品制造", "石油炼制", "催化裂化单元",
         ("成品油", "2511010100", ""), 4000000,
         (("原油", "", 1.3),),
         (("71-43-2", 0.9), ("108-88-3", 2.0), ("91-20-3", 0.1), ("7446-09-5", 55.0), ("NOX", 80.0), ("NMHC", 70.0)),
         (("71-43-2", 0.01), ("91-20-3", 0.004)), 0.75, 1, 8300),
    Kind("epoxy", "2651", "初级形态塑料及合成树脂制造", "环氧树脂", "缩合脱溶单元",
         ("环氧树脂", "2651040100", "25068-38-6"), 30000,
         (("双酚A", "80-05-7", 0.67), ("环氧氯丙烷", "106-89-8", 0.56), ("甲苯", "108-88-3", 0.01)),
         (("106-89-8", 8.0), ("108-88-3", 45.0), ("NMHC", 160.0)),
         (("106-89-8", 0.02), ("80-05-7", 0.1), ("108-88-3", 0.1)), 0.55, 8, 7500),
    Kind("phenolic", "2651", "初级形态塑料及合成树脂制造", "酚醛树脂", "缩聚单元",
         ("酚醛树脂", "2651050100", "9003-35-4"), 15000,
         (("苯酚", "108-95-2", 0.85), ("甲醛", "50-00-0", 0.35), ("甲醇", "67-56-1", 0.05)),
         (("108-95-2", 40.0), ("50-00-0", 20.0), ("67-56-1", 60.0), ("NMHC", 250.0)),
         (("108-95-2", 0.8), ("50-00-0", 1.2)), 0.5, 8, 6500),
    Kind("emulsion", "2651", "初级形态塑料及合成树脂制造", "丙烯酸乳液", "乳液聚合单元",
         ("丙烯酸酯乳液", "2651060100", ""), 12000,
         (("丙烯酸丁酯", "141-32-2", 0.25), ("甲基丙烯酸甲酯", "80-62-6", 0.18), ("苯乙烯", "100-42-5", 0.08),
          ("壬基酚", "25154-52-3", 0.0005)),
         (("141-32-2", 25.0), ("80-62-6", 30.0), ("100-42-5", 14.0), ("NMHC", 200.0)),
         (("100-42-5", 0.2), ("25154-52-3", 0.03)), 0.5, 12, 6000),
    Kind("coating", "2641", "涂料制造", "涂料", "调漆单元", ("溶剂型涂料", "2641010100", ""), 9000,
         (("甲苯", "108-88-3", 0.12), ("二甲苯", "1330-20-7", 0.22), ("邻苯二甲酸二丁酯", "84-74-2", 0.01)),
         (("108-88-3", 250.0), ("1330-20-7", 420.0), ("100-41-4", 110.0), ("NMHC", 1500.0)),
         (("84-74-2", 0.2),), 0.6, 14, 4800),
    Kind("agent", "2661", "化学试剂和助剂制造", "橡胶助剂", "缩合单元", ("橡胶防老剂", "2661010100", ""), 12000,
         (("苯胺", "62-53-3", 0.72), ("丙酮", "67-64-1", 0.45), ("邻甲苯胺", "95-53-4", 0.05)),
         (("62-53-3", 40.0), ("67-64-1", 180.0), ("NMHC", 500.0)),
         (("62-53-3", 2.0), ("95-53-4", 0.3)), 0.45, 12, 6500),
    Kind("pharma", "2710", "化学药品原料药制造", "原料药", "萃取结晶单元", ("原料药", "2710010100", ""), 800,
         (("二氯甲烷", "75-09-2", 3.0), ("三氯甲烷", "67-66-3", 0.8), ("甲苯", "108-88-3", 2.0)),
         (("75-09-2", 9000.0), ("67-66-3", 1500.0), ("108-88-3", 4000.0), ("NMHC", 18000.0)),
         (("75-09-2", 60.0), ("67-66-3", 15.0)), 0.5, 12, 6000),
    Kind("fluoro", "2651", "初级形态塑料及合成树脂制造", "含氟树脂", "分散聚合单元",
         ("聚四氟乙烯", "2651030100", "9002-84-0"), 7000,
         (("二氟一氯甲烷", "75-45-6", 1.85), ("六氟环氧丙烷二聚酸", "13252-13-6", 0.0005)),
         (("7664-39-3", 12.0), ("NMHC", 250.0)),
         (("335-67-1", 0.6), ("13252-13-6", 2.0), ("307-24-4", 0.5)), 0.35, 2, 7800),
    Kind("plastic", "2929", "塑料零件及其他塑料制品制造", "改性塑料", "挤出单元",
         ("改性塑料粒子", "2929010100", ""), 15000,
         (("十溴二苯乙烷", "84852-53-9", 0.03), ("邻苯二甲酸二(2-乙基己)酯", "117-81-7", 0.08)),
         (("100-42-5", 30.0), ("117-81-7", 3.0), ("NMHC", 350.0)),
         (("117-81-7", 0.3), ("1163-19-5", 0.01)), 0.5, 14, 6000),
    Kind("waste", "7724", "危险废物治理", "危废处置", "回转窑焚烧单元", ("危险废物焚烧", "7724010100", ""), 30000,
         (("活性炭", "", 0.002),),
         (("DIOXIN-TEQ", 1.5e-6), ("7439-97-6", 0.15), ("7440-43-9", 0.06), ("7439-92-1", 0.8), ("7647-01-0", 110.0),
          ("NOX", 1200.0), ("7446-09-5", 250.0)),
         (("7439-92-1", 0.1), ("7440-38-2", 0.05)), 0.05, 2, 7600),
    Kind("degrease", "3360", "金属表面处理及热处理加工", "金属表面处理", "脱脂镀铬单元",
         ("表面处理件", "3360010100", ""), 20000,
         (("三氯乙烯", "79-01-6", 0.002), ("铬酐", "1333-82-0", 0.001)),
         (("79-01-6", 160.0), ("18540-29-9", 0.15), ("NMHC", 500.0)),
         (("18540-29-9", 0.4), ("79-01-6", 0.6), ("1763-23-1", 0.004)), 0.5, 14, 4800),
)  # fmt: skip

_PLAIN = (
    Kind("rubber", "2913", "橡胶零件制造", "橡胶制品", "硫化单元", ("橡胶件", "2913010100", ""), 5000,
         (("天然橡胶", "", 0.7),), (("NMHC", 350.0), ("TSP", 120.0)), (), 0.5, 30, 6000),
    Kind("film", "2921", "塑料薄膜制造", "塑料薄膜", "吹膜单元", ("塑料薄膜", "2921010100", ""), 8000,
         (("聚乙烯", "9002-88-4", 1.02),), (("NMHC", 450.0),), (), 0.6, 34, 7000),
    Kind("power", "4412", "热电联产", "热电", "锅炉", ("蒸汽", "4412010100", ""), 900000,
         (("原煤", "", 0.14),), (("NOX", 45.0), ("7446-09-5", 20.0), ("TSP", 4.0)), (), 0.02, 2, 8000),
    Kind("port", "5532", "货运港口", "码头", "装卸单元", ("散货吞吐", "5532010100", ""), 3000000,
         (("柴油", "", 0.0005),), (("TSP", 12.0), ("NMHC", 0.8)), (), 0.95, 14, 7000),
    Kind("store", "5941", "油气仓储", "仓储", "储罐区", ("成品油周转", "5941010100", ""), 800000,
         (("柴油", "", 1.0),), (("NMHC", 40.0),), (), 0.8, 14, 8600),
    Kind("tape", "2922", "塑料板、管、型材制造", "管材", "挤出单元", ("塑料管材", "2922010100", ""), 9000,
         (("聚丙烯", "9003-07-0", 1.01),), (("NMHC", 320.0), ("TSP", 30.0)), (), 0.5, 28, 7000),
)  # fmt: skip

_LATER = (
    Kind("prepreg", "2659", "其他合成材料制造", "复合材料", "树脂浸渍烘干单元", ("预浸料", "2659010100", ""), 6000,
         (("2-丁酮", "78-93-3", 0.06), ("环氧树脂", "25068-38-6", 0.37), ("碳纤维", "", 0.61)),
         (("78-93-3", 600.0), ("106-89-8", 0.5), ("NMHC", 450.0)),
         (("78-93-3", 3.0), ("80-05-7", 0.08)), 0.45, 8, 7000, True),
)  # fmt: skip
# kinds added when the others had their plants: they stand last and are drawn apart, so that the plants before them stay
# what they were
LATER = tuple(kind.kind_id for kind in _LATER)


def kinds() -> tuple[Kind, ...]:
    """All kinds of plants: processes of class 265, others with listed pollutants, plain ones, one of class 265 more."""
    return _SYNTHETIC + _LISTED + _PLAIN + _LATER
