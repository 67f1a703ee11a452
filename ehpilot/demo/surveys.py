"""exposure_survey/ and literacy/: people asked in plants and in streets.

Belongs here: both surveys (that of the streets in two waves), the question bank, the population for raking, the
sampling figures.
Does not belong here: any real person (names.py makes them up).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ehpilot.demo import names
from ehpilot.demo.files import Row, Table, write_csv
from ehpilot.demo.ledger import Ledger
from ehpilot.demo.population import FRAME
from ehpilot.demo.receptor import JOBS
from ehpilot.demo.world import World

PERSON = [
    "问卷编号", "姓名", "身份证号", "手机", "企业", "岗位", "性别", "年龄", "体重kg", "身高cm", "日工作时长h",
    "年工作天数d", "工龄a", "呼吸强度", "饮水量mL", "皮肤暴露", "防护用品", "权重", "层", "初级单元",
]  # fmt: skip
QUESTIONS = 20
VILLAGES = 12  # of a stratum in the frame
CLUSTERS = 8  # of a stratum of a survey that was drawn before there was a frame
AGES = ((15, 24), (25, 34), (35, 44), (45, 54), (55, 69))
SEXES, EDUCATION = ("男", "女"), ("小学及以下", "初中", "高中", "大专及以上")
DIMENSIONS = ("基本理念",) * 5 + ("基本知识",) * 8 + ("基本行为和技能",) * 7
# true share of literate persons by stratum: street × 城/乡; the whole lies near 0.37, target 0.35
LITERATE = {
    ("示例东街道", "城"): 0.44, ("示例东街道", "乡"): 0.30, ("示例西街道", "城"): 0.41,
    ("示例西街道", "乡"): 0.28, ("示例南街道", "乡"): 0.27, ("示例湾街道", "城"): 0.45,
}  # fmt: skip
STRATA = {stratum: (FRAME[stratum], share) for stratum, share in LITERATE.items()}


# Villages of the frame, by number, that `ehpilot sample literacy --year 2026` told the office to visit: frame of seed
# 20260301, seed of profile demo, replacements left out. Of another frame they are not the points drawn, and the
# edition says so.
DRAWN = {
    ("示例东街道", "城"): (1, 2, 3, 6, 7, 8, 9, 10, 11, 12), ("示例东街道", "乡"): (6, 7, 9, 11),
    ("示例西街道", "城"): (1, 2, 3, 5, 6, 7, 8, 11, 12), ("示例西街道", "乡"): (2, 7, 8, 10, 11),
    ("示例南街道", "乡"): (2, 3, 4, 7, 8, 9, 10, 11), ("示例湾街道", "城"): tuple(range(1, 13)),
}  # fmt: skip


@dataclass(frozen=True)
class Wave:
    """One survey: persons asked at a point at scale 1, gain of the true share since the first, shares that answer and
    that are rechecked, name of its figures, whether its points are those drawn out of the frame."""

    year: int
    each: int
    gain: float
    response: float
    recheck: float
    sampling: str
    is_drawn: bool


WAVES = (
    Wave(2025, 45, 0.0, 0.92, 0.06, "抽样.csv", is_drawn=False),
    Wave(2026, 30, 0.05, 0.88, 0.08, "抽样_2026.csv", is_drawn=True),
)
MOST_ASKED = 1.0  # samples grow with the area to scale 1: how many to ask does not depend on the number of plants


def write(world: World, ledger: Ledger, out: Path) -> None:
    """Write the exposure survey and the files of both waves of the literacy survey."""
    _exposure(world, ledger, out)
    answers, points = _questions(ledger, out)
    people = _population(ledger, out)
    for wave in WAVES:
        _literacy(world, ledger, out, answers, points, people, wave)
    _frame(world, ledger, out)


def _exposure(world: World, ledger: Ledger, out: Path) -> None:
    rng = world.rng("exposure_survey")
    table = Table(ledger, "exposure_survey/职业人群暴露参数调查.csv", "", PERSON)
    sites = world.those("site_survey")
    count = max(20, round(600 * min(world.scale, MOST_ASKED)))
    for number in range(count):
        site = sites[int(rng.integers(len(sites)))]
        man = rng.random() < 0.78
        age = int(np.clip(rng.normal(38, 9), 19, 60))
        weight = float(np.clip(rng.lognormal(np.log(70 if man else 58), 0.14), 40, 120))
        height = float(rng.normal(171 if man else 160, 5.5))
        birth = 2025 - age
        table.add([
            f"ZY{number + 1:05d}", names.person(number), names.identity_number(number, birth), names.telephone(number),
            site.name, str(rng.choice(JOBS)), "男" if man else "女", age, f"{weight:.1f}", f"{height:.0f}",
            f"{rng.choice([8, 8, 8, 10, 12])}", int(np.clip(rng.normal(262, 18), 200, 330)),
            int(np.clip(rng.gamma(2, 4), 0, age - 18)), str(rng.choice(["轻", "中", "重"], p=[0.3, 0.55, 0.15])),
            int(rng.lognormal(np.log(1700), 0.35)), str(rng.choice(["无", "手部", "手臂"])),
            str(rng.choice(["防毒面具", "口罩", "无"])), f"{rng.uniform(0.6, 2.4):.3f}",
            site.park_id or "其他", f"P{site.number:03d}",
        ])  # fmt: skip
    ledger.fact("exposure_factors", parameter="weight_kg", group="male", median=70.0, gsd=float(np.exp(0.14)))
    ledger.fact("exposure_factors", parameter="weight_kg", group="female", median=58.0, gsd=float(np.exp(0.14)))
    ledger.fact("exposure_factors", parameter="water_ml_d", group="worker", median=1700.0, gsd=float(np.exp(0.35)))
    if count > 100:
        _spoil_exposure(table, rng)
    write_csv(out, table, "utf-8-sig")


def _spoil_exposure(table: Table, rng: np.random.Generator) -> None:
    for column, value, code, what in (
        ("体重kg", "-65", "NUMBER-NEGATIVE", "negative weight"),
        ("体重kg", "680", "NUMBER-PHYSICAL", "a person of 680 kg"),
        ("日工作时长h", "26", "NUMBER-PHYSICAL", "more hours than a day has"),
        ("年龄", "成年", "NUMBER", "word for a number"),
        ("问卷编号", "", "REQUIRED-EMPTY", "number left empty"),
    ):
        table.spoil_any(rng, column, value, code, what)
    first = table.pick(rng)
    if first:
        table.spoil(first, "", None, "DUP-DIFF", "same questionnaire, other weight")
        cells = list(first.cells)
        cells[8] = "99.9"
        table.spoil(table.add(cells), "", None, "DUP-DIFF", "same questionnaire, other weight")


def _questions(ledger: Ledger, out: Path) -> tuple[list[str], list[float]]:
    table = Table(ledger, "literacy/题库.csv", "", ["题号", "维度", "题型", "答案", "分值"])
    answers, points = [], []
    for number in range(1, QUESTIONS + 1):
        several = number % 5 == 0
        answer = ("ABD", "ACD", "BCD", "ABC")[number // 5 % 4] if several else "ABCD"[number * 7 % 4]
        score = 6.0 if several else 4.75
        table.add([f"Q{number:02d}", DIMENSIONS[number - 1], "多选" if several else "单选", answer, f"{score:g}"])
        answers.append(answer)
        points.append(score)
    write_csv(out, table, "utf-8-sig")
    return answers, points


def _population(ledger: Ledger, out: Path) -> dict[str, dict[str, int]]:
    total = sum(people for people, _ in STRATA.values())
    shares = {
        "性别": {"男": 0.52, "女": 0.48},
        "年龄": {f"{a}-{b}": s for (a, b), s in zip(AGES, (0.14, 0.24, 0.23, 0.19, 0.20), strict=True)},
        "教育": dict(zip(EDUCATION, (0.18, 0.34, 0.22, 0.26), strict=True)),
    }
    table = Table(ledger, "literacy/总体.csv", "", ["变量", "取值", "人数"])
    people = {variable: {value: round(total * s) for value, s in parts.items()} for variable, parts in shares.items()}
    for variable, parts in people.items():
        for value, count in parts.items():
            table.add([variable, value, count])
    write_csv(out, table, "utf-8-sig")
    return people


def _literacy(
    world: World, ledger: Ledger, out: Path, answers: list[str], points: list[float],
    people: dict[str, dict[str, int]], wave: Wave,
) -> None:  # fmt: skip
    is_first = wave is WAVES[0]
    rng = world.rng("literacy" if is_first else f"literacy {wave.year}")
    header = ["问卷编号", "街道", "层", "PSU", "权重", "性别", "年龄", "教育", "城乡", "用时s"]
    path = f"literacy/居民环境健康素养调查_{wave.year}.csv"
    table = Table(ledger, path, "", [*header, *(f"Q{n:02d}" for n in range(1, QUESTIONS + 1))])
    sampling: dict[str, list[int]] = {}
    number = 0
    for stratum, ((street, kind), (size, start)) in enumerate(STRATA.items()):
        units, share = _units(wave, stratum, street, kind), start + wave.gain
        each = max(6, round(wave.each * min(world.scale, MOST_ASKED)))
        answered = 0
        ledger.fact(
            "literacy_strata", stratum=f"{street}{kind}", street=street, urban_rural=kind, people=size,
            true_rate=share, year=wave.year,
        )  # fmt: skip
        for unit in units:
            local = float(np.clip(share + rng.normal(0, 0.04), 0.05, 0.9))
            # an office that drew its points states one weight a stratum, as if all of a point had answered
            persons = each - int(rng.integers(0, each // 6 + 1)) if wave.is_drawn else each
            answered += persons
            for _ in range(persons):
                number += 1
                weight = size / (len(units) * each) * (1.0 if wave.is_drawn else float(rng.lognormal(0, 0.2)))
                literate = bool(rng.random() < local)
                name = f"SY{'' if is_first else wave.year % 100}{number:05d}"
                cells = _respondent(rng, name, street, kind, unit, weight, people)
                table.add([*cells, *_answers(rng, answers, points, literate)], records=1 + QUESTIONS)
                ledger.fact(
                    "literacy_persons", questionnaire_no=cells[0], stratum=f"{street}{kind}", literate=literate,
                    year=wave.year,
                )  # fmt: skip
        found = sampling.setdefault(street, [0, 0, 0, 0])
        found[0] += round(len(units) * each / wave.response)
        found[1] += answered
        found[2] += round(answered * wave.recheck)
        found[3] += round(answered * wave.recheck) - stratum % 2
    total = sum(size for size, _ in STRATA.values())
    true = sum(size * (share + wave.gain) for size, share in STRATA.values()) / total
    ledger.fact("literacy", year=wave.year, true_rate=true, target=0.35, people=total)
    if world.scale >= 0.5 and is_first:
        _spoil_literacy(table, rng)
    write_csv(out, table, "gb18030")
    rates = Table(ledger, f"literacy/{wave.sampling}", "", ["街道", "抽样", "应答", "复核", "复核一致"])
    for street, figures in sampling.items():
        rates.add([street, *figures])
    write_csv(out, rates, "utf-8-sig")


def _units(wave: Wave, stratum: int, street: str, kind: str) -> list[str]:
    """Primary units of a stratum: the villages drawn, else clusters of the office's own numbering."""
    if wave.is_drawn:
        return [_village(street, kind, number) for number in DRAWN[street, kind]]
    return [f"PSU{stratum + 1}{unit:02d}" for unit in range(1, CLUSTERS + 1)]


def _village(street: str, kind: str, number: int) -> str:
    return f"{street.removesuffix('街道')}{kind}{number}{'社区' if kind == '城' else '村'}"


def _frame(world: World, ledger: Ledger, out: Path) -> None:
    """The villages and neighbourhoods of which the primary units are drawn; together they are the strata's people."""
    rng = world.rng("literacy frame")
    table = Table(ledger, "literacy/抽样框.csv", "", ["村居", "街道", "类别", "户数", "15–69岁人数"])
    for (street, kind), (size, _) in STRATA.items():
        shares = rng.dirichlet(np.full(VILLAGES, 6.0))
        people = np.round(size * shares).astype(int)
        people[-1] += size - people.sum()
        for number, count in enumerate(people.tolist(), 1):
            table.add([_village(street, kind, number), street, kind, round(count / 2.1), count])
    write_csv(out, table, "utf-8-sig")


def _respondent(
    rng: np.random.Generator, name: str, street: str, kind: str, unit: str, weight: float,
    people: dict[str, dict[str, int]],
) -> list[object]:  # fmt: skip
    shares = np.array(list(people["年龄"].values()), float)
    low, high = AGES[int(rng.choice(len(AGES), p=shares / shares.sum()))]
    sex = "男" if rng.random() < 0.46 else "女"
    education = EDUCATION[int(rng.choice(4, p=[0.15, 0.3, 0.25, 0.3]))]
    return [
        name, street, f"{street}{kind}", unit, f"{weight:.3f}", sex,
        int(rng.integers(low, high + 1)),
        education, kind, int(rng.lognormal(np.log(620), 0.35)),
    ]  # fmt: skip


def _answers(rng: np.random.Generator, answers: list[str], points: list[float], literate: bool) -> list[str]:
    """Answers whose score reaches 70 % of the full marks for a literate person, of whom one in four stays below 80 %,
    and stays below 70 % for another."""
    full = sum(points)
    if literate:
        goal = full * (rng.uniform(0.70, 0.735) if rng.random() < 0.25 else rng.uniform(0.82, 1.0))
    else:
        goal = full * rng.uniform(0.15, 0.68)
    right = np.zeros(len(answers), bool)
    score = 0.0
    for index in rng.permutation(len(answers)):
        if score < goal if literate else score + points[int(index)] <= goal:
            right[index] = True
            score += points[int(index)]
    return [answer if ok else _wrong(rng, answer) for answer, ok in zip(answers, right, strict=True)]


def _wrong(rng: np.random.Generator, answer: str) -> str:
    if len(answer) > 1:
        return answer[:-1]
    return str(rng.choice([letter for letter in "ABCD" if letter != answer]))


def _spoil_literacy(table: Table, rng: np.random.Generator) -> None:
    table.spoil_any(rng, "问卷编号", "", "REQUIRED-EMPTY", "number left empty")
    for column, value, code, what in (
        ("权重", "-1.2", "NUMBER-NEGATIVE", "negative weight"),
        ("年龄", "三十", "NUMBER", "number in words"),
        ("层", "", "REQUIRED-EMPTY", "stratum left empty"),
    ):
        table.spoil_any(rng, column, value, code, what, records=1)
    row = table.pick(rng)
    if row:
        _blank_answer(table, row)
    row = table.pick(rng)
    if row:
        table.vary(row, "Q03", names.full_width(str(row.cells[table.column("Q03")])), "full-width letter")


def _blank_answer(table: Table, row: Row) -> None:
    """An answer left empty: no record of the wide part."""
    row.cells[table.column("Q07")] = ""
    row.records -= 1
    row.touched = True
    table.ledger.count(table.path).read -= 1
