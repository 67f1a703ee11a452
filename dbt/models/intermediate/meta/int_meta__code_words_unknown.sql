{# Words of code columns that the crosswalk does not know: what they say is unknown, so each is counted with its text. A new code
   column is a row here: model, column, its code sets, label (tests/dbt_inventory/test_code_words.py finds one that is missing). #}
{%- set emission_media = ['medium_of_emission', 'discharge_to'] -%}
{%- set code_columns = [
    ('stg_permit__sites', 'status_word', ['enterprise_status'], '排污许可·生产状态'),
    ('stg_permit__sites', 'management_class', ['management_class'], '排污许可·管理类别'),
    ('stg_permit__outlets', 'outlet_kind_word', ['outlet_kind'], '排污许可·排放口类型'),
    ('stg_permit__outlets', 'discharge_to', ['discharge_to', 'discharge_route'], '排污许可·排放去向'),
    ('stg_permit__limits', 'medium_word', ['medium_of_emission'], '排污许可·许可限值的介质'),
    ('stg_permit__limits', 'block_word', ['outlet_block'], '排污许可·许可限值的表块'),
    ('stg_permit__releases', 'outlet_kind_word', ['outlet_kind'], '执行报告·排放口类型'),
    ('stg_permit__releases', 'medium_word', emission_media, '执行报告·介质'),
    ('stg_permit__releases', 'method_word', ['method_of_emission'], '执行报告·核算方法'),
    ('stg_permit__treatments', 'technology', ['technology'], '排污许可·治理工艺'),
    ('stg_permit__tanks', 'tank_kind', ['tank_roof'], '储罐·罐型'),
    ('stg_permit__tanks', 'coating_colour', ['tank_paint'], '储罐·涂层颜色'),
    ('stg_permit__loadings', 'loading_mode', ['loading_mode'], '装卸·方式'),
    ('stg_census__sites', 'status_word', ['enterprise_status'], '污染源普查·生产状态'),
    ('stg_census__releases', 'medium_word', emission_media, '污染源普查·介质'),
    ('stg_census__releases', 'method_word', ['method_of_emission'], '污染源普查·核算方法'),
    ('stg_census__releases', 'technology', ['technology'], '污染源普查·治理工艺'),
    ('stg_chemical_survey__uses', 'discharge_to_word', emission_media, '化学物质调查·排放去向'),
    ('stg_chemical_survey__uses', 'role_word', ['role_of_chemical'], '化学物质调查·用途'),
    ('stg_site_survey__releases', 'release_form_word', ['outlet_kind'], '入企调查·排放形式'),
    ('stg_site_survey__releases', 'discharge_to_word', emission_media, '入企调查·排放去向'),
    ('stg_site_survey__releases', 'method_word', ['method_of_emission'], '入企调查·核算方法'),
    ('stg_site_survey__answers', 'answer', ['survey_answer'], '入企调查·答案'),
    ('stg_site_survey__treatments', 'technology', ['technology'], '入企调查·治理工艺'),
    ('stg_monitoring__sites', 'medium_word', ['medium_of_environment'], '监测点位·介质'),
    ('stg_monitoring__sites', 'site_role_word', ['site_role'], '监测点位·点位类型'),
    ('stg_monitoring__sites', 'in_use_word', ['yes_no'], '监测点位·在用'),
    ('stg_monitoring__leak_readings', 'seal_point_kind', ['seal_kind'], '泄漏检测·密封点类型'),
    ('stg_monitoring__leak_readings', 'phase', ['seal_service'], '泄漏检测·介质状态'),
    ('stg_geography__features', 'feature_kind_word', ['map_feature_kind', 'area_kind'], '地理要素·类别'),
    ('stg_monitoring__plans', 'frequency', ['frequency'], '现行监测方案·频次'),
    ('stg_monitoring__samples', 'medium_word', ['medium_of_environment'], '手工监测·介质'),
    ('stg_monitoring__samples', 'averaging_time_word', ['averaging_time'], '手工监测·平均时间'),
    ('stg_monitoring__station_hours', 'averaging_time_word', ['averaging_time'], '自动站·平均时间'),
    ('stg_monitoring__outlet_hours', 'status_word', ['online_mark'], '在线监测·状态标记'),
    ('stg_monitoring__quality_controls', 'qc_kind_word', ['qc_kind'], '质控·类型'),
    ('stg_geography__water_bodies', 'water_kind_word', ['water_function'], '受纳水体·类型'),
    ('stg_geography__water_bodies', 'water_use_word', ['water_use'], '受纳水体·用途'),
    ('stg_dispersion__factors', 'averaging_time_word', ['averaging_time'], '扩散系数·平均时间'),
    ('stg_dispersion__model_values', 'averaging_time_word', ['averaging_time'], '模型浓度·平均时间'),
    ('stg_project__projects', 'stage_word', ['project_stage'], '建设项目·阶段'),
    ('stg_project__releases', 'outlet_kind_word', ['outlet_kind'], '建设项目·排放口类型'),
    ('stg_project__releases', 'medium_word', emission_media, '建设项目·介质'),
    ('stg_project__plan_releases', 'medium_word', emission_media, '规划·介质'),
    ('stg_procedure__records', 'procedure_kind_word', ['procedure_kind'], '环保手续·种类'),
    ('stg_platform__codes', 'colour_word', ['colour'], '平台·码色'),
    ('stg_receptor__places', 'receptor_kind_word', ['receptor_kind'], '敏感点·类型'),
    ('stg_exposure_survey__persons', 'sex_word', ['sex'], '暴露参数调查·性别'),
    ('stg_literacy__respondents', 'sex_word', ['sex'], '素养调查·性别'),
    ('stg_supervision__problems', 'problem_source_word', ['problem_source'], '问题·来源'),
    ('stg_supervision__problems', 'severity_word', ['severity'], '问题·严重程度'),
    ('stg_supervision__problems', 'status_word', ['problem_status'], '问题·状态'),
    ('stg_supervision__appeals', 'decision_word', ['appeal_decision'], '申诉·处理结果'),
    ('stg_pilot__progress', 'status_word', ['deliverable_status'], '试点进展·状态'),
    ('stg_pilot__mechanisms', 'mechanism_kind_word', ['mechanism_kind'], '工作机制·类型'),
    ('stg_pilot__questions', 'is_public_word', ['yes_no'], '公众问答·是否公开'),
    ('stg_pilot__opinions', 'outcome_word', ['opinion_outcome'], '意见·采纳情况'),
    ('stg_pilot__applications', 'category_word', ['fund_track'], '奖补申报·类别'),
    ('stg_pilot__industries', 'category_word', ['industry_category'], '产业转化·类别'),
    ('stg_literacy__populations', 'variable', ['literacy_variable'], '总体·变量'),
    ('stg_pilot__subsidy_events', 'event', ['fund_step'], '奖补流转·环节'),
    ('stg_pilot__campaigns', 'campaign_kind', ['campaign_kind'], '宣传活动·类型'),
    ('stg_pilot__venues', 'venue_kind_word', ['venue_kind'], '宣传阵地·类型'),
    ('stg_pilot__experts', 'active_word', ['yes_no'], '专家团队·在岗'),
    ('stg_pilot__facts', 'object_kind', ['scoring_object'], '评分事实·对象类型'),
    ('stg_literacy__questions', 'dimension_word', ['literacy_dimension'], '题库·维度'),
] -%}
with

{# words by line, so that a long table of hours is read once #}
stated as (
    {% for model, column, sets, label in code_columns %}
    select
        '{{ model }}.{{ column }}' as code_column,
        '{{ label }}' as label,
        'source:{{ model[4:].split("__")[0] }}' as about,
        '{{ sets | first }}' as code_set,
        '{{ sets | last }}' as other_code_set,
        lower(trim({{ column }})) as word,
        cast(count(*) as integer) as item_count
    from {{ ref(model) }}
    where trim({{ column }}) <> ''
    group by lower(trim({{ column }}))
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    'WORD:' || stated.code_column || ':' || stated.word as gap_id,
    stated.label as subject,
    '代码表没有“' || stated.word || '”，' || {{ to_text('stated.item_count') }} || ' 条 / word not in the crosswalk' as missing,
    '该项按未知处理，请在代码对照表中补充 / taken as unknown until the crosswalk has it' as effect,
    stated.code_column as subject_key,
    stated.item_count,
    stated.about
from stated
left join {{ ref('int_inventory__code_words_normalised') }} as known
    on known.code_set in (stated.code_set, stated.other_code_set) and known.word = stated.word
where known.word is null
