{# The worked example: of the graded sources with both classes the one of the worst grade and largest score. Each row is one step, with
   what it takes from the tables beside it. Cuts have six digits, as tables of parameters print computed numbers. #}
{%- set steps = [
    ('危害负荷', 'Σ 排放量 × 直接排放占比 × 毒性权重', "'各物质见算例构成表'", printed_number('hazard_load_kg', 4)),
    ('危害分档', 'lg(危害负荷) 与分档界比较', "'分档界 ' || hazard_cuts",
        significant_text('hazard_score + emission_score', 4) ~ " || '，' || " ~ to_text('hazard_class') ~ " || '档'"),
    ('受体负荷', '经大气和经水体各为 Σ 排放占比 × 人数 × 因子，取大者', "'各排放口见算例受体构成表'",
        "coalesce('经大气 ' || " ~ printed_number('air_load', 4) ~ " || '，', '') || case when has_water then '经水体 ' || coalesce("
        ~ printed_number('water_load', 4) ~ ", '未知') || '，' else '' end || '取 ' || " ~ printed_number('receptor_load_person_s_m3', 4)),
    ('受体分档', '受体负荷与分档界比较', "'分档界 ' || receptor_cuts", to_text('receptor_class') ~ " || '档'"),
    ('基准等级', '分级矩阵', to_text('hazard_class') ~ " || '档、' || " ~ to_text('receptor_class') ~ " || '档'",
        grade_word('base_grade')),
    ('管理调整', '得分低于下调线加重一级，达到上调线减轻一级',
        "coalesce('管理得分 ' || " ~ significant_text('management_score', 3) ~ ", '作答不足')",
        "case management_step when -1 then '加重一级' when 1 then '减轻一级' else '不调整' end"),
    ('一票否决', '否决成立的取其中最重的为限，都不成立的不限', 'veto_facts',
        "case when floor_grade = 4 then '不限' else '不轻于' || " ~ grade_word('floor_grade') ~ ' end'),
    ('等级', '基准等级经管理调整后，不轻于否决所限',
        "'基准等级' || " ~ grade_word('base_grade') ~ " || case management_step when -1 then '，加重一级' when 1 then '，减轻一级' else '，不调整' end",
        grade_word('grade'))
] %}
with

graded as (
    select *
    from {{ ref('source_grade') }}
    where base_grade is not null
    qualify row_number() over (order by grade asc nulls last, score desc nulls last, enterprise_id asc nulls last) = 1
),

reach as (
    select
        enterprise_id,
        bool_or(receptor_basis = 'water') as has_water,
        {{ exact_sum("case when receptor_basis <> 'water' then share * person_s_m3 end") }} as air_load,
        {{ exact_sum("case when receptor_basis = 'water' then share * person_s_m3 end") }} as water_load
    from {{ ref('source_reach') }}
    group by enterprise_id
),

example as (
    select
        graded.*,
        reach.air_load,
        reach.water_load,
        coalesce(reach.has_water, false) as has_water,
        case
            when {{ list_size('graded.veto_place_ids') }} = 0 then '没有主要由其造成风险的敏感点'
            else
                '主要由其造成的敏感点致癌风险最大 ' || coalesce({{ printed_number('graded.veto_cancer_risk', 3) }}, '未知')
                || '、危害指数最大 ' || coalesce({{ printed_number('graded.veto_hazard_index', 3) }}, '未知')
        end
        || case
            when {{ list_size('graded.unmonitored_carcinogens') }} > 0
                then '；未监测的一类致癌物 ' || {{ to_text(list_size('graded.unmonitored_carcinogens')) }} || ' 种'
            else '；没有未监测的一类致癌物'
        end
        || '；危害负荷中实测占' || coalesce({{ printed_number('100 * graded.measured_share', 3) }}, '0')
        || '%，排放量中有毒性权重的占' || coalesce({{ printed_number('100 * graded.covered_share', 3) }}, '0') || '%' as veto_facts
    from graded
    left join reach on reach.enterprise_id = graded.enterprise_id
),

cut as (
    select
        {{ listagg_text("case when cut_id like 'grading.hl%' then " ~ significant_text('value', 6) ~ ' end', '、', 'cut_id') }}
            as hazard_cuts,
        {{ listagg_text("case when cut_id like 'grading.rc%' then " ~ significant_text('value', 6) ~ ' end', '、', 'cut_id') }}
            as receptor_cuts
    from {{ ref('grade_cut') }}
),

step as (
    {%- for name, formula, inputs, result in steps %}
    select
        {{ loop.index }} as row_no,
        '{{ name }}' as step,
        '{{ formula }}' as formula,
        {{ inputs }} as inputs,
        {{ result }} as result,
        enterprise_id
    from example
    cross join cut
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    cast(row_no as integer) as row_no,
    step,
    formula,
    inputs,
    result,
    enterprise_id
from step
