"""The national forms against the register and against the layouts that offices really use.

A clerk relies on this: each paper of each source has a form, each field that the paper must have is asked for, and
nothing that a form reads falls beside the raw tables.
"""

from __future__ import annotations

import pytest

from ehpilot.landing.forms import check_against_register, load_forms, normalise
from ehpilot.profile import PROFILES_DIR, load_profile
from ehpilot.project import DBT_DIR, read_yaml

SOURCES = (
    "permit", "census", "key_unit", "chemical_survey", "site_survey", "monitoring", "meteorology", "receptor",
    "exposure_survey", "literacy", "beach", "indicator", "supervision", "pilot", "geography",
    "dispersion", "project", "platform", "procedure",
)  # fmt: skip

# Raw tables that no national paper feeds, and why.
FOREIGN_ONLY = {
    "census_industry": "registers abroad list several industry codes of one facility",
    "indicator_screening": "scores that other agencies publish",
    "permit_calculation": "calculations of American permits",
    "permit_production_ratio": "production ratios of the American release inventory",
}

# Fields with * in the description of the layouts (one row: form, raw table, headers that a file must have).
REQUIRED_HEADERS = [
    ("permit_site_national", "permit_site", "许可证编号 单位名称 统一社会信用代码 经度 纬度"),
    ("permit_outlet_national", "permit_outlet", "许可证编号 排放口编号"),
    ("permit_limit_national", "permit_limit", "许可证编号 污染物种类"),
    ("permit_report_national", "permit_release", "许可证编号 污染物 实际排放量(t) 报告期"),
    ("permit_report_national", "permit_product", "许可证编号 名称 计量单位 数量 报告期"),
    ("permit_report_national", "permit_material", "许可证编号 名称 计量单位 数量 报告期"),
    ("permit_report_national", "permit_treatment", "许可证编号 设施编号"),
    ("census_site_national", "census_site", "统一社会信用代码 单位详细名称 行业代码"),
    ("census_product_national", "census_product", "统一社会信用代码 产品名称 计量单位 实际产量"),
    ("census_material_national", "census_material", "统一社会信用代码 原辅材料名称 计量单位 使用量"),
    ("census_water_national", "census_release", "统一社会信用代码 污染物名称 产生量 排放量 计量单位"),
    ("census_air_national", "census_release", "统一社会信用代码 污染物名称 产生量 排放量 计量单位"),
    ("key_unit_national", "key_unit_entry", "单位名称"),
    ("chemical_survey_national", "chemical_survey_use", "企业名称 统一社会信用代码 化学物质名称 CAS号 数量(t)"),
    ("site_survey_national", "site_survey_profile", "企业名称 统一社会信用代码 调查年份"),
    ("site_survey_national", "site_survey_process", "装置"),
    ("site_survey_national", "site_survey_material", "名称 年用量 计量单位"),
    ("site_survey_national", "site_survey_product", "名称 年产量 计量单位"),
    ("site_survey_national", "site_survey_release", "工艺环节 污染物"),
    ("site_survey_national", "site_survey_new_pollutant", "名称"),
    ("monitoring_site_national", "monitoring_site", "点位编号 介质 点位类型 经度 纬度"),
    ("monitoring_lab_national", "monitoring_sample", "样品编号 点位编号 采样时间"),
    ("monitoring_long_national", "monitoring_sample", "点位编号 采样时间 项目 结果 单位"),
    ("monitoring_station_national", "monitoring_station_hour", "站点 时间"),
    ("monitoring_outlet_national", "monitoring_outlet_hour", "排放口编号 时间 污染物"),
    ("monitoring_leak_national", "monitoring_leak", "企业"),
    ("monitoring_workplace_national", "monitoring_workplace", "企业 车间 岗位 物质 计量单位"),
    ("meteorology_hour_national", "meteorology_hour", "时间 风向(°) 风速(m/s)"),
    ("receptor_place_national", "receptor_place", "名称 类型 经度 纬度 人数"),
    ("receptor_cell_national", "receptor_population_cell", "经度 纬度 边长m 65岁以上"),
    ("exposure_survey_national", "exposure_survey_person", "问卷编号"),
    ("literacy_survey_national", "literacy_respondent", "问卷编号 层 PSU 权重"),
    ("literacy_question_national", "literacy_question", "题号 维度 答案 分值"),
    ("literacy_population_national", "literacy_population", "变量 取值 人数"),
    ("literacy_sampling_national", "literacy_sampling", "街道"),
    ("beach_national", "beach_measurement", "沙滩 日期 维度 指标 数值"),
    ("indicator_value_national", "indicator_value", "指标编号 区域 年份 数值"),
    ("supervision_problem_national", "supervision_problem", "问题编号 企业 发现日期 问题描述"),
    ("supervision_event_national", "supervision_event", "问题编号 序号 环节 时间 经办单位"),
    ("supervision_appeal_national", "supervision_appeal", "编号 企业 理由"),
    ("pilot_progress_national", "pilot_progress", "成果编号"),
    ("pilot_funding_national", "pilot_funding", "项目"),
    ("pilot_application_national", "pilot_application", "申报编号 申报主体 类别"),
    ("pilot_open_day_national", "pilot_open_day", "企业 日期"),
    ("pilot_venue_national", "pilot_venue", "阵地 类型 年份"),
    ("pilot_expert_national", "pilot_expert", "姓名 领域"),
    ("pilot_industry_national", "pilot_industry", "项目"),
    ("geography_water_body_national", "geography_water_body", "名称"),
    ("permit_report_national", "permit_tank", "许可证编号 储罐编号 罐型 物料"),
    ("permit_report_national", "permit_loading", "许可证编号 装卸方式 物料"),
    ("permit_report_national", "permit_flare", "许可证编号 火炬编号"),
    ("permit_report_national", "permit_balance", "许可证编号 装置 物料 报告期"),
    ("monitoring_plan_national", "monitoring_plan", "点位编号 项目 频次 实施单位 起"),
    (
        "monitoring_leak_reading_national",
        "monitoring_leak_reading",
        "企业 装置 密封点编号 密封点类型 检测日期 净检测值(µmol/mol)",
    ),
    ("literacy_frame_national", "literacy_frame", "村居 街道 类别 户数 15–69岁人数"),
    ("supervision_fact_national", "supervision_fact", "对象类型 对象 事实 值 日期"),
    ("pilot_mechanism_national", "pilot_mechanism", "类型 日期"),
    ("pilot_fact_national", "pilot_fact", "对象类型 对象编号 事实 数值 日期 佐证"),
    ("pilot_product_national", "pilot_product", "名称 形式 发布日"),
    ("pilot_campaign_national", "pilot_campaign", "类型 日期 主题"),
    ("pilot_visit_national", "pilot_visit", "问卷编号 企业 日期"),
    ("pilot_subsidy_event_national", "pilot_subsidy_event", "申报编号 环节 日期"),
    ("pilot_question_national", "pilot_question", "渠道 日期 问题"),
    ("procedure_record_national", "procedure_record", "企业 种类 日期"),
    ("platform_enterprise_national", "platform_enterprise", "平台 平台编号 企业名称"),
    ("platform_code_national", "platform_code", "平台编号 码色 时间"),
    ("platform_warning_national", "platform_warning", "时间 指标"),
    ("platform_receipt_national", "platform_receipt", "包编号 接收时间 结果"),
    ("dispersion_factor_national", "dispersion_factor", "许可证编号 排放口编号 平均时间 系数 单位"),
    ("dispersion_source_group_national", "dispersion_source_group", "源组 许可证编号 排放口编号"),
    ("dispersion_aermod", "dispersion_model_value", "X Y GRP AVE"),
    ("project_national", "project_project", "项目编号 项目名称 建设单位 阶段"),
    ("project_national", "project_release", "项目编号 排放口编号 经度 纬度 污染物 介质"),
    ("project_plan_national", "project_plan_release", "规划编号 规划名称 地块 经度 纬度 产业 污染物 介质 情景"),
]


def _raw_tables() -> dict[str, dict]:
    """Raw tables as declared, by physical name, read without dbt so that this test stands on the YAML alone."""
    found = {}
    for path in sorted(DBT_DIR.glob("models/staging/*/_*__sources.yml")):
        for source in read_yaml(path.read_text(encoding="utf-8"))["sources"]:
            for table in source["tables"]:
                found[table["identifier"]] = {**table, "source": source["name"]}
    return found


RAW = _raw_tables()
FORMS = {form.form_id: form for form in load_forms([PROFILES_DIR / "national" / "forms"])}


class _Table:
    """What :func:`check_against_register` asks of a raw table."""

    def __init__(self, declared: dict):
        self.source = declared["source"]
        self.column = {column["name"]: column for column in declared["columns"]}


def test_every_source_has_forms() -> None:
    """Those of the pilot, and any that is added: no list of a test is kept for it."""
    declared = {table["source"] for table in RAW.values()}
    assert {form.source for form in FORMS.values()} == declared >= set(SOURCES)


def test_forms_name_only_declared_tables_and_columns() -> None:
    assert check_against_register(list(FORMS.values()), {name: _Table(table) for name, table in RAW.items()}) == []


def test_every_raw_table_is_fed_by_a_national_form() -> None:
    fed = {part.table for form in FORMS.values() for part in form.parts}
    assert set(RAW) - fed == set(FOREIGN_ONLY)


@pytest.mark.parametrize(("form_id", "table", "headers"), REQUIRED_HEADERS)
def test_fields_with_a_star_are_required(form_id: str, table: str, headers: str) -> None:
    part = next(part for part in FORMS[form_id].parts if part.table == table)
    asked = {normalise(alias) for column in part.columns.values() if column.required for alias in column.aliases or []}
    for header in headers.split():
        plain = normalise(header)
        assert plain in asked or plain.split("(")[0] in asked, f"{header} is not required by {form_id}"


@pytest.mark.parametrize("name", sorted(RAW))
def test_a_raw_table_says_what_it_is(name: str) -> None:
    table = RAW[name]
    meta = table["config"]["meta"]
    assert name == f"{table['source']}_{table['name']}"
    assert meta["label"] and meta["owner"] and meta["provenance"] in ("record", "series")
    assert meta["sensitivity"] in ("public", "government", "enterprise", "personal")
    assert table["description"].startswith("一行 = ")
    columns = {column["name"]: column["config"]["meta"] for column in table["columns"]}
    assert meta["grain"] and set(meta["grain"]) <= set(columns)
    assert all(column["sensitivity"] for column in columns.values())
    assert all(" / " in column["description"] for column in table["columns"]), "its Chinese half is the label"


def test_numbers_have_a_unit_or_a_unit_beside_them() -> None:
    """A number's unit stands in its meta, in a companion of the cell, or in a unit column of the same table."""
    plain = {"weight", "points", "score", "initial_dilution", "value_text"}
    plain |= {"trust_before", "trust_after", "score_before", "score_after"}  # points of a questionnaire or a test
    for name, table in RAW.items():
        columns = {column["name"]: column["config"]["meta"] for column in table["columns"]}
        beside = any(c == "unit" or c.endswith("_unit") for c in columns)
        for column, meta in columns.items():
            if meta["kind"] in ("number", "measurement", "percent") and column not in plain:
                assert "unit" in meta or beside or name == "indicator_judgement", f"{name}.{column} has no unit"


def test_measurements_carry_their_text_qualifier_and_limit() -> None:
    for name, table in RAW.items():
        columns = {column["name"] for column in table["columns"]}
        for column in table["columns"]:
            if column["config"]["meta"]["kind"] == "measurement":
                wanted = {f"{column['name']}_{end}" for end in ("text", "qualifier", "limit")}
                assert wanted <= columns, f"{name}.{column['name']}"


def test_names_and_telephones_of_persons_are_hashed() -> None:
    """Whatever a form calls 姓名, 联系人, 电话, 手机 or 身份证号 goes into a personal column (one name: by consent)."""
    person = {"姓名", "联系人", "电话", "联系电话", "手机", "身份证号"}
    for form in FORMS.values():
        for part in form.parts:
            columns = {column["name"]: column["config"]["meta"] for column in RAW[part.table]["columns"]}
            for name, column in part.columns.items():
                if person & set(column.aliases or []):
                    meta = columns[name]
                    assert meta["kind"] == "personal" or meta.get("published_if") == "consent", f"{form.form_id}.{name}"


def test_beilun_uses_the_national_forms_and_knows_its_parks() -> None:
    beilun = load_profile("beilun")
    assert {form.form_id for form in load_forms(beilun.form_dirs)} >= set(FORMS)
    assert [park.name_cn for park in beilun.parks] == ["大榭", "青峙", "临港"]
    assert "台塑" in beilun.parks[2].aliases
    assert beilun.issuing_unit and not beilun.is_fictional
    assert all(parameter.source_ref for parameter in beilun.parameters)
