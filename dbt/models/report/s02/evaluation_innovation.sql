{# What the pilot did that is new, with what came of it so far, out of the same lines that the documents of these deliverables
   quote. A doing without a result has no line. Whether it counts as an innovation is for the experts to say. #}
{% set n = to_text -%}
{%- set doings = [
    ('制度创新', '风险源分级、区域分区，按级按区管控', '分区分级技术方法、分级管控工作方案', 'd08_summary', 'source_count',
        "'分级' || " ~ n('source_count - ungraded_count') ~ " || '家（红' || " ~ n('red_count') ~ " || '、橙' || " ~ n('orange_count') ~ " || '、黄' || " ~ n('yellow_count') ~ " || '、蓝' || " ~ n('blue_count') ~ " || '），资料不足另列' || " ~ n('ungraded_count') ~ " || '家，落实管控措施' || " ~ n('assigned_count') ~ " || '条'"),
    ('制度创新', '风险码赋码，发现、整改、复核、销号闭环', '智慧管理应用场景', 'd09_summary', 'code_count',
        "'赋码' || " ~ n('code_count') ~ " || '家，登记问题' || " ~ n('problem_count') ~ " || '个，销号' || " ~ n('closed_count') ~ " || '个，受理申诉' || " ~ n('appeal_count') ~ " || '件'"),
    ('制度创新', '公益基金按规则评审，逐条说明奖补理由', '奖补细则、奖励基金通知', 'd14_summary', 'award_count',
        "'受理申报' || " ~ n('application_count') ~ " || '件，奖补' || " ~ n('award_count') ~ " || '件'"),
    ('技术方法创新', '用本地监测和产量建立合成材料行业核算系数', '核算方法体系及系数手册', 'd10_summary', 'factor_count',
        "'系数' || " ~ n('factor_count') ~ " || '个，依据配对数据' || " ~ n('used_count') ~ " || '组，少于' || " ~ n('cast(least_enterprises as integer)') ~ " || '家的不公布'"),
    ('技术方法创新', '绿色指数由本库数据计算，附区间和位次范围', '绿色指标体系', 'd12_summary', 'computed_count',
        "'指标' || " ~ n('indicator_count') ~ " || '项，当年由本库计算' || " ~ n('computed_count') ~ " || '项'"),
    ('产业转化', '“环境健康+”项目按关口认定转化', '“环境健康+”产业价值转化', 'd13_summary', 'converted_count',
        "'登记项目' || " ~ n('project_count') ~ " || '个，转化' || " ~ n('converted_count') ~ " || '个'"),
    ('公众参与', '治理设施开放，以同一批参观者前后问卷衡量信任', '设施公众开放模范企业', 'd16_summary', 'facility_count',
        "'开放企业' || " ~ n('facility_count') ~ " || '家、' || " ~ n('open_days') ~ " || '场、' || " ~ n('visitors') ~ " || '人次，模范企业' || " ~ n('model_count') ~ " || '家'"),
    ('公众参与', '“1+X”宣传阵地，公开答复公众提问', '宣传专区', 'd17_summary', 'main_count',
        "'主阵地' || " ~ n('main_count') ~ " || '个、分阵地' || " ~ n('branch_count') ~ " || '个，活动' || " ~ n('event_count') ~ " || '次，答复提问' || " ~ n('answered_count') ~ " || '条'"),
    ('公众参与', '素养调查按概率抽样，目标用单侧检验判定', '素养提升', 'd19_summary', 'n',
        n('d19_summary.year') ~ " || '年有效样本' || " ~ n('n') ~ " || '人，检验结论：' || result_cn || '；' || trend_cn"),
    ('成果应用', '清单和评估结论用于环评、许可和执法', '两份清单、监测报告、评估报告', 'annual_overview', 'result_use_count',
        "'登记案例' || " ~ n('result_use_count') ~ " || '例'"),
] -%}
with

told as (
    {% for field, doing, deliverables, summary, counted, effect in doings %}
    select
        {{ loop.index }} as place,
        '{{ field }}' as field,
        '{{ doing }}' as doing,
        '{{ deliverables }}' as deliverables,
        {{ effect }} as effect,
        cast({{ counted }} as double) as result_count,
        edition_no
    from {{ ref(summary) }} as {{ summary }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    cast(row_number() over (order by place asc nulls last) as integer) as row_no,
    field,
    doing,
    effect,
    deliverables,
    edition_no
from told
where result_count > 0
