"""The quality page: offline, escaped, in Chinese, with every result on it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import duckdb
import pytest

from ehpilot.gates import Outcome, PageWords, dbt_outcomes, id_names, page_words, quality_page, suites_by_gate
from ehpilot.gates.gate import GateResult
from ehpilot.gates.run import EMPTY_NOTE
from ehpilot.project import DBT_DIR
from ehpilot.register import Register


def outcome(**changes) -> Outcome:
    made = dict(
        gate="raw", table="raw.thing", rule="removal", severity="error", passed=False, failing_rows=30, rows=40,
        message_cn="排放量不应大于产生量", message_en="Emitted must not exceed generated",
        samples=[{"name": "<script>alert(1)</script>", "row": 3}],
    )  # fmt: skip
    return Outcome(**{**made, **changes})


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.opened: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.opened.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href") and value]


def test_page_is_offline_and_escapes_what_files_say(tmp_path):
    text = quality_page([outcome()], tmp_path / "q.html").read_text(encoding="utf-8")
    tags = _Tags()
    tags.feed(text)
    assert "script" not in tags.opened
    assert tags.links == []
    assert not re.search(r"https?://|@import|url\(", text)
    assert "&lt;script&gt;" in text


def test_page_tells_how_many_rows_it_does_not_list(tmp_path):
    text = quality_page([outcome()], tmp_path / "q.html").read_text(encoding="utf-8")
    assert "不符合 30 行 / 共 40 行" in text
    assert "其余 29 行" in text


def test_page_shows_each_result_once_with_its_state(tmp_path):
    results = [
        GateResult("raw", [outcome(), outcome(rule="share", severity="warning")], ["raw.other"]),
        outcome(rule="unique", passed=True, gate="dbt:1_staging", kind="dbt test"),
    ]
    text = quality_page(results, tmp_path / "q.html", {"zone": "某区", "is_fictional": True}).read_text("utf-8")
    assert "演示数据（虚构）" in text
    assert text.count('<td class="error">不通过（阻断）</td>') == 1
    assert text.count('<td class="warning">不通过（提示）</td>') == 1
    assert text.count('<td class="pass">通过</td>') == 1
    assert "raw.other" in text


def test_page_speaks_in_words(tmp_path):
    failed = outcome(samples=[{"path": "permit/a.xlsx", "_row": 3, "share": 2}])
    words = PageWords(labels={"raw.thing": "排污许可基本信息", "raw.thing.share": "占比"})
    text = quality_page([failed], tmp_path / "q.html", words=words).read_text(encoding="utf-8")
    shown = re.sub(r"<[^>]*>", " ", text)
    for word in ("排污许可基本信息", "占比", "文件", "排放量不应大于产生量"):
        assert word in shown
    assert not re.search(r"raw\.thing|removal|_row|\bshare\b", shown)


def test_values_of_failing_rows_are_those_that_people_write(tmp_path):
    row = {
        "pollutant_id": "71-43-2",
        "limit_t": 0.09996000000000001,
        "month": "2026-03-01 00:00:00",
        "hours": 725,
        "q": None,
    }
    words = PageWords(names={"pollutant_id": {"71-43-2": "苯"}})
    text = quality_page([outcome(samples=[row])], tmp_path / "q.html", words=words).read_text("utf-8")
    cells = re.findall(r"<td>([^<]*)</td>", text.split("<tbody>")[1].split("</tbody>")[0])
    assert cells == ["苯", "0.09996", "2026-03", "725", ""]
    plain = quality_page([outcome(samples=[{"pollutant_id": "x", "t": 5.732e-6, "u": 1e10}])], tmp_path / "q.html")
    assert "<td>x</td><td>0.000005732</td><td>10000000000</td>" in plain.read_text(encoding="utf-8")


def test_notes_and_findings_are_in_the_language_of_the_page(tmp_path):
    found = [
        outcome(note=EMPTY_NOTE, observed="0.30000000000000004", samples=[]),
        outcome(observed="8.91%", samples=[]),
    ]
    text = quality_page(found, tmp_path / "q.html").read_text("utf-8")
    assert "空表，规则未触发" in text and "empty table" not in text
    assert "实测 0.3<" in text and "实测 8.91%<" in text


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@pytest.mark.parametrize(
    ("table", "column", "code", "word"),
    [
        ("inventory.emission", "medium", "water", "水"),
        ("raw.monitoring_site", "medium", "ambient_air", "环境空气"),
        ("core.dim_outlet", "outlet_kind", "stack", "有组织排气筒"),
        ("core.dim_area", "area_kind", "park_ring_3km", "园区外3公里环"),
        ("inventory.chemical_use", "role", "produced", "生产"),
        ("inventory.emission_claim", "stage", "loading", "装卸"),
        ("intake.source_file", "status", "superseded", "已被替代"),
        ("emission_factor.pair", "reason_code", "LOAD-LOW", "生产负荷不足"),
        ("intermediate.of_no_declaration", "medium", "sea_water", "海水"),  # a word of one of its namesakes' sets
        ("core.dim_enterprise", "name", "water", "water"),  # a text is no code
    ],
)
def test_codes_of_failing_rows_are_words(register, table, column, code, word):
    words = page_words(register, DBT_DIR / "seeds", {}, None)
    shown = words.value(table, column, code)
    assert shown == word
    assert words.value(table, column, [code, code]) == f"{shown}、{shown}"


def test_every_code_that_a_rule_shows_has_a_word(register):
    """Of tables with declared code sets: each suite's column of such a set prints words for all its codes."""
    words = page_words(register, DBT_DIR / "seeds", {}, None)
    shown = 0
    for suites in suites_by_gate(register).values():
        for suite in suites:
            for column in suite.columns:
                for code_set in words.code_sets.get(f"{suite.table}.{column}", ()):
                    for known, code in words.codes:
                        if known == code_set:
                            shown += 1
                            assert words.value(suite.table, column, code) == words.codes[code_set, code]
    assert shown > 100


def test_heads_over_failing_rows_are_words_and_a_zero_has_no_sign(register):
    words = page_words(register, DBT_DIR / "seeds", {}, None)
    heads = {suite.table: [words.head(suite.table, column) for column in suite.columns]
             for suites in suites_by_gate(register).values() for suite in suites}  # fmt: skip
    machine = {
        table: found for table, named in heads.items() if (found := [h for h in named if re.search("[a-z]_[a-z]", h)])
    }
    assert machine == {}
    assert words.value("inventory.emission", "emission_t", -0.0) == "0"


def test_ids_of_failing_rows_are_names(register):
    with duckdb.connect() as con:
        con.execute("create schema core")
        con.execute(
            "create table core.dim_enterprise as select 'E1' as enterprise_id, '示例甲' as name, 'P1' as permit_no"
        )
        con.execute(
            "create table core.dim_outlet as select * from (values ('E1:DA001', 'E1', '1号排气筒'), "
            "('E1:DA002', 'E1', null)) as t(outlet_id, enterprise_id, outlet_name)"
        )
        con.execute("create table core.dim_monitoring_site as select 'S:ZD02' as site_id, '东站' as name")
        words = page_words(register, DBT_DIR / "seeds", {"71-43-2": "苯"}, con)
    assert words.value("inventory.emission", "enterprise_id", "E1") == "示例甲"
    assert words.value("inventory.emission", "outlet_id", "E1:DA001") == "示例甲 · 1号排气筒"
    assert words.value("inventory.emission", "outlet_id", "E1:DA002") == "示例甲 · DA002"
    assert words.value("inventory.emission", "pollutant_id", "71-43-2") == "苯"
    assert words.value("raw.permit_limit", "permit_no", "P1") == "P1 示例甲"
    assert words.value("exposure.exceedance", "site_id", "S:ZD02") == "东站"
    assert words.value("raw.monitoring_station_hour", "site_id", "ZD02") == "ZD02 东站"  # as its file calls it
    assert words.value("core.dim_enterprise", "enterprise_id", "E2") == "E2"


def test_rows_without_a_name_are_told_in_words(register):
    """A grid cell by its place, a factor or a pair by what it is of, a scenario by process and technology; what nothing
    names is said to be so, and its id is told to whom points at it."""
    shown = outcome(table="emission_factor.factor", samples=[{"factor_id": "0a1b2c3d4e5f6071"}])
    with duckdb.connect() as con:
        con.execute("create schema core; create schema emission_factor")
        con.execute(
            "create table core.dim_grid_cell as select 'C:885_6294' as cell_id, "
            "122.41558 as longitude, 28.4::double as latitude"
        )
        con.execute("create table core.dim_process as select 'PVC-S' as process_id, '悬浮法聚氯乙烯' as name_cn")
        con.execute(
            "create table emission_factor.factor as select '0a1b2c3d4e5f6071' as factor_id, 'PVC-S' as process_id, "
            "'storage' as stage, 'air' as medium, '75-01-4' as pollutant_id, 'controlled' as control_state, "
            "null as scale_class"
        )
        words = page_words(register, DBT_DIR / "seeds", {"75-01-4": "氯乙烯"}, con, [shown])
    assert words.value("exposure.health_risk_total", "place_id", "C:885_6294") == "网格（东经122.4156°，北纬28.4000°）"
    assert words.value("core.dim_grid_cell", "cell_id", "C:885_6294").startswith("网格（")
    told = words.value("emission_factor.factor", "factor_id", "0a1b2c3d4e5f6071")
    assert told == "悬浮法聚氯乙烯 · 储存 · 大气 · 氯乙烯 · 有治理"
    assert words.value("emission_factor.pair", "pair_id", "00016732c7b33aa3") == "（无名称）"
    assert words.value("emission_factor.abatement", "pollutant_class", "voc") == "挥发性有机物（VOCs）"
    assert words.value("inventory.treatment", "pollutant_id", "all") == "全部"
    assert words.value("raw.supervision_problem", "problem_id", "WT0036") == "WT0036", "a number of the office itself"


def test_an_id_without_a_name_is_told_to_whom_points_at_it(tmp_path):
    found = outcome(table="emission_factor.pair", samples=[{"pair_id": "00016732c7b33aa3"}])
    text = quality_page([found], tmp_path / "q.html").read_text("utf-8")
    assert '<td title="00016732c7b33aa3">（无名称）</td>' in text
    assert "00016732c7b33aa3" not in re.sub(r"<[^>]*>", "", text)


def test_heads_have_units_and_computed_numbers_their_digits(register):
    words = page_words(register, DBT_DIR / "seeds", {}, None)
    assert words.head("staging.stg_permit__releases", "permitted_t") == "许可排放量（t）"
    assert words.head("raw.permit_balance", "input_t") == "投入（t）"
    assert words.head("emission_factor.abatement", "pollutant_class") == "污染物类别"
    assert words.value("raw.permit_balance", "input_t", 122912.406) == "122912.406", "as its file states it"
    assert words.value("emission_factor.factor", "factor", 7.94622641036e-06) == "0.00000794623"


def test_every_id_that_a_rule_shows_has_a_name_or_is_an_office_s_own(register):
    """Rules over built tables: each id column that they show is one that some table names or tells by its facts."""
    known = {name for columns, *_ in id_names._NAMES for name in columns} | {name for name, *_ in id_names._FACTS}
    shown = {
        column
        for suites in suites_by_gate(register).values()
        for suite in suites
        for column in suite.columns
        if column.endswith("_id") and suite.schema not in ("raw", "staging", "intake")
    }
    assert len(shown) > 10
    assert shown - known - {"pollutant_id"} == set()


def test_tests_of_models_say_what_they_demand():
    manifest = {
        "nodes": {
            "model.x": {
                "schema": "core", "name": "dim_x", "alias": "dim_x",
                "columns": {"name": {"description": "名称 / name", "config": {"meta": {"label": "企业名称"}}}},
            },
            "test.a": {
                "resource_type": "test", "name": "not_null_dim_x_name", "config": {}, "attached_node": "model.x",
                "column_name": "name", "test_metadata": {"name": "not_null"},
            },
            "model.step": {"schema": "intermediate", "name": "step", "alias": "step", "columns": {}},
            "test.c": {
                "resource_type": "test", "name": "unique_step_name", "config": {}, "attached_node": "model.step",
                "column_name": "name", "test_metadata": {"name": "unique"},
            },
            "test.b": {
                "resource_type": "test", "name": "some_rule", "config": {}, "attached_node": "model.x",
                "description": "合计应相等 / sums are equal",
            },
        }
    }  # fmt: skip
    results = {"results": [{"unique_id": name, "status": "pass"} for name in ("test.a", "test.b", "test.c")]}
    found = dbt_outcomes(results, manifest, "dbt:1_staging")
    assert [(o.message_cn, o.message_en) for o in found] == [
        ("企业名称不应为空", "not_null_dim_x_name"), ("合计应相等", "sums are equal"),
        ("企业名称不应重复", "unique_step_name"),
    ]  # fmt: skip


def test_dbt_tests_come_with_table_severity_and_failing_rows():
    manifest = {
        "nodes": {
            "model.e.m": {"resource_type": "model", "schema": "core", "name": "m"},
            "test.e.t": {
                "resource_type": "test", "name": "m_in_range", "config": {"severity": "WARN"},
                "attached_node": "model.e.m", "depends_on": {"nodes": ["model.e.m"]},
            },
        },
        "unit_tests": {
            "unit_test.e.u": {"resource_type": "unit_test", "name": "u", "config": {}, "depends_on": {"nodes": []}}
        },
    }  # fmt: skip
    results = {
        "results": [
            {"unique_id": "test.e.t", "status": "warn", "failures": 2, "message": "Got 2 results",
             "compiled_code": "select 1 as id, 'x' as phone union all select 2, 'y'"},
            {"unique_id": "unit_test.e.u", "status": "pass", "failures": 0},
            {"unique_id": "model.e.m", "status": "success"},
        ]
    }  # fmt: skip
    with duckdb.connect() as con:
        first, second = dbt_outcomes(results, manifest, "dbt:2_inventory", con, frozenset({"phone"}))
    assert (first.check_name, first.severity, first.failing_rows) == ("core.m.m_in_range", "warning", 2)
    assert first.samples == [{"id": 1, "phone": "•••"}, {"id": 2, "phone": "•••"}]
    assert first.note == "", "that it counts rows is said by the count"
    assert (second.kind, second.passed, second.severity) == ("dbt unit test", True, "error")
