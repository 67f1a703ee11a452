"""Emissions from the manual: the best row, its interval, what is asked wrongly, the command's words and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from ehpilot.cli.main import app
from ehpilot.errors import UsageError
from ehpilot.reading import edition as editions
from ehpilot.reading.account import Question, account

FACTOR = """create table emission_factor.factor (factor_id varchar, version varchar, process_id varchar,
    product varchar, stage varchar, medium varchar, pollutant_id varchar, control_state varchar, technology_id varchar,
    scale_class varchar, factor double, unit varchar, ci_low double, ci_high double, prediction_low double,
    prediction_high double, method varchar, interval_method varchar, rating varchar, representativeness varchar,
    n_enterprises integer, applicability varchar, is_published boolean)"""
REFERENCE = """create table emission_factor.reference_factor (factor_id varchar, version varchar, origin_kind varchar,
    process_id varchar, product varchar, stage varchar, medium varchar, pollutant_id varchar, control_state varchar,
    factor double, unit varchar, factor_low double, factor_high double, is_interval_stated boolean, rating varchar,
    representativeness varchar, n_enterprises integer, source varchar, verified varchar)"""


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    with duckdb.connect(str(tmp_path / "marts.duckdb")) as c:
        c.execute("create schema core")
        c.execute("create schema emission_factor")
        c.execute(
            "create table core.dim_process (process_id varchar, name_cn varchar, product varchar, parent_id varchar)"
        )
        c.execute(
            "insert into core.dim_process values ('PVC-S', '聚氯乙烯（悬浮法）', '聚氯乙烯', 'C2651'), "
            "('PF', '酚醛树脂', '酚醛树脂', 'C2651'), ('VCM', '氯乙烯', '氯乙烯', 'C2653')"
        )
        c.execute("create table core.unit_conversion (unit varchar, quantity varchar, factor double)")
        c.execute("insert into core.unit_conversion values ('t', 'mass', 1), ('万t', 'mass', 1e4), ('m3', 'volume', 1)")
        c.execute("create schema meta")
        c.execute("create table meta.code_label (code_set varchar, code varchar, label_cn varchar)")
        c.execute("insert into meta.code_label values ('stage_of_process', 'production', '生产过程')")
        c.execute(FACTOR)
        c.execute(
            "insert into emission_factor.factor values "
            "('d1', '2026-10-31', 'PVC-S', '聚氯乙烯', 'production', 'air', 'v', 'controlled', null, null, 0.02, "
            "'kg/t', 0.01, 0.03, 0.005, 0.08, 'random_effects', 'knapp_hartung_modified', 'B', 'high', 6, null, true), "
            "('d2', '2026-10-31', 'PVC-S', '聚氯乙烯', 'production', 'air', 'v', 'controlled', 'rto', 'small', 0.5, "
            "'kg/t', 0.1, 0.9, null, null, 'lognormal_mean', 'cox_t', 'C', 'poor', 3, null, true), "
            "('d3', '2026-10-31', 'PVC-S', '聚氯乙烯', 'production', 'air', 'w', 'controlled', null, null, 9.0, "
            "'kg/t', null, null, null, null, 'lognormal_mean', 'none', 'D', 'poor', 1, null, false), "
            "('d4', '2026-10-31', 'PVC-S', '聚氯乙烯', 'production', 'air', 'v', 'uncontrolled', null, null, 0.4, "
            "'kg/t', 0.2, 0.6, null, null, 'random_effects', 'knapp_hartung_modified', 'C', 'high', 4, null, true)"
        )
        c.execute(REFERENCE)
        c.execute(
            "insert into emission_factor.reference_factor values "
            "('published:P1', '1991', 'literature', 'PVC-S', 'PVC', 'production', 'air', 'v', 'uncontrolled', 8.5, "
            "'kg/t', 0.85, 85, false, 'E', 'poor', null, 'AP-42', 'memory'), "
            "('published:P2', '2019', 'literature', 'PVC-S', 'PVC', 'production', 'air', 'w', null, 1.0, 'kg/t', 0.1, "
            "10, false, 'E', null, null, 'EMEP', 'memory')"
        )
    return tmp_path


def ask(edition: Path, **words: object) -> list[dict]:
    """Answers to a question about suspension PVC."""
    plain = {"process": "PVC-S", "product": "聚氯乙烯", "activity": 1000.0}
    return account(edition, Question(**(plain | words)))  # type: ignore[arg-type]


def test_the_pooled_published_factor_comes_first_with_its_prediction_interval(edition: Path) -> None:
    first, *others = ask(edition)
    assert {name: first[name] for name in ("emission_low", "emission", "emission_high", "unit")} == {
        "emission_low": 5.0, "emission": 20.0, "emission_high": 80.0, "unit": "kg",
    }  # fmt: skip
    assert (first["factor_id"], first["version"], first["method"]) == ("d1", "2026-10-31", "random_effects")
    assert first["interval"] == "prediction" and first["row"]["n_enterprises"] == 6
    assert [(row["row"]["pollutant_id"], row["factor_id"]) for row in others] == [("v", "d4"), ("w", "published:P2")]


def test_what_may_not_be_published_gives_way_to_the_literature_and_is_marked(edition: Path) -> None:
    (found,) = ask(edition, pollutant="w")
    assert found["emission"] == 1000.0 and found["row"]["applicability"] == "待核" and found["interval"] == "rating"


def test_what_is_produced_times_what_passes(edition: Path) -> None:
    (found,) = ask(edition, pollutant="v", efficiency=0.9, running=0.5)
    assert found["emission"] == pytest.approx(1000 * 0.4 * (1 - 0.45)) and found["factor_id"] == "d4"
    assert found["emission_low"] == pytest.approx(1000 * 0.2 * 0.55) and found["interval"] == "confidence"


def test_an_output_in_another_unit_of_mass_and_words_for_codes(edition: Path) -> None:
    (found,) = ask(edition, activity=0.1, unit="万t", pollutant="w", stage="生产过程")
    assert found["emission"] == pytest.approx(1000.0)


def test_several_pollutants(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By name or number, repeated or with commas; a name may hold a comma."""
    found = ask(edition, pollutant=("v", "w"), control="")
    assert [row["row"]["pollutant_id"] for row in found] == ["v", "v", "w"]
    asked: list[Question] = []
    monkeypatch.setattr(editions, "find", lambda out, number=None: edition)
    monkeypatch.setattr("ehpilot.reading.account.account", lambda edition, question: asked.append(question) or [{}])
    words = [
        "account",
        "--process",
        "PVC-S",
        "--product",
        "PVC",
        "--activity",
        "1",
        "--unit",
        "万吨",
        "--format",
        "json",
    ]
    CliRunner().invoke(app, [*words, "--pollutant", "75-01-4，NMHC", "--pollutant", "1,2-二氯乙烷"])
    assert asked[0].pollutant == ("75-01-4", "NMHC", "107-06-2") and asked[0].unit == "万t"


def test_a_technology_has_its_own_row(edition: Path) -> None:
    (found,) = ask(edition, pollutant="v", technology="rto")
    assert found["factor_id"] == "d2"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"activity": 0.0}, "ACTIVITY-ZERO: .*above 0: 0"),
        ({"activity": float("nan")}, "ACTIVITY-UNKNOWN: .*above 0"),
        ({"activity": float("inf")}, "ACTIVITY-UNKNOWN: .*above 0"),
        ({"activity": -3.0}, "ACTIVITY-NEGATIVE: .*above 0: -3"),
        ({"activity": 1e309}, "ACTIVITY-UNKNOWN"),
        ({"activity": 1e308, "pollutant": "w"}, "EMISSION-UNKNOWN: .*too large"),
        ({"efficiency": -0.1, "running": 1.0}, "EFFICIENCY-RANGE: .*share from 0 to 1"),
        ({"efficiency": float("nan"), "running": 1.0}, "EFFICIENCY-RANGE"),
        ({"efficiency": 0.5}, "EFFICIENCY-ALONE: .*together"),
        ({"efficiency": 0.5, "running": 1.0, "control": "controlled"}, "FACTOR-NONE: .*uncontrolled"),
        ({"process": "PVC-X"}, "PROCESS-UNKNOWN: .*did you mean PVC-S"),
        ({"process": ""}, "PROCESS-UNKNOWN"),
        ({"product": "酚醛树脂"}, "PRODUCT-OTHER: .*makes"),
        ({"process": "聚氯乙烯"}, "PROCESS-UNKNOWN: .*did you mean PVC-S"),
        ({"product": " "}, "PRODUCT-OTHER: .*not nothing"),
        ({"product": "聚"}, "PRODUCT-OTHER: .*not 聚"),
        ({"product": "氯乙烯"}, "PRODUCT-OTHER: .*not 氯乙烯"),
        ({"pollutant": "z"}, "FACTOR-NONE: .*no factor for PVC-S of --pollutant z; it has v, w"),
        ({"pollutant": ("v", "z")}, "FACTOR-NONE: .*--pollutant z; it has v, w"),
        ({"stage": "仓库"}, "FACTOR-NONE: .*--stage 仓库; it has production"),
        ({"control": "foo"}, "FACTOR-NONE: .*--control foo; it has controlled, uncontrolled"),
        ({"pollutant": "w", "technology": "rto"}, "FACTOR-NONE: .*of this question"),
        ({"process": "PF", "product": "酚醛树脂"}, "FACTOR-NONE: the manual has no factor for PF /"),
        ({"unit": "车"}, "UNIT-MIXED: .*for an output in 车"),
        ({"unit": "m3"}, "UNIT-MIXED: .*kg/t, not for an output in m3"),
    ],
)
def test_a_wrong_question_says_what_is_wrong(edition: Path, words: dict, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        ask(edition, **words)


def test_a_process_goes_before_the_class_that_it_belongs_to(edition: Path) -> None:
    """The class has a factor with a better letter; the process's own counts, and the class's where it has none."""
    with duckdb.connect(str(edition / "marts.duckdb")) as c:
        for factor_id, pollutant in (("class-v", "v"), ("class-u", "u")):
            c.execute(
                "insert into emission_factor.factor values "
                f"('{factor_id}', '2026-10-31', 'C2651', '聚氯乙烯', 'production', 'air', '{pollutant}', 'controlled', "
                "null, null, 0.9, 'kg/t', 0.8, 1.0, null, null, 'random_effects', 'knapp_hartung_modified', 'A', "
                "'high', 12, null, true)"
            )
    found = {row["row"]["pollutant_id"]: row["factor_id"] for row in ask(edition, control="controlled")}
    assert found == {"v": "d1", "u": "class-u"}


@pytest.mark.parametrize("unit", ["t", "m3"])
def test_the_complaint_of_the_command_is_one_line_that_begins_with_its_code(
    edition: Path, monkeypatch: pytest.MonkeyPatch, unit: str
) -> None:
    monkeypatch.setattr(editions, "find", lambda out, number=None: edition)
    activity = {"t": "-1", "m3": "1"}[unit]
    words = ["account", "--process", "PVC-S", "--product", "聚氯乙烯", "--activity", activity, "--unit", unit]
    done = CliRunner().invoke(app, words)
    assert isinstance(done.exception, UsageError) and "\n" not in str(done.exception)
    assert str(done.exception).startswith({"t": "ACTIVITY-NEGATIVE: ", "m3": "UNIT-MIXED: "}[unit])


def test_an_edition_without_a_manual_says_so(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "marts.duckdb")) as c:
        c.execute("create schema core")
    with pytest.raises(UsageError, match="no manual"):
        ask(tmp_path)


def test_the_command_prints_one_object_and_a_table(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "find", lambda out, number=None: edition)
    words = ["account", "--process", "聚氯乙烯（悬浮法）", "--product", "聚氯乙烯树脂", "--activity", "1000"]
    done = CliRunner().invoke(app, [*words, "--format", "json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert {"emission_low", "emission", "emission_high", "unit", "method", "factor_id", "version"} <= set(found)
    assert found["emission"] == 20.0 and len(found["others"]) == 2
    table = CliRunner().invoke(app, words)
    assert table.exit_code == 0 and "random_effects" in table.output and "d1" in table.output
