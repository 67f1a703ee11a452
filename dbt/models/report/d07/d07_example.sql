{# The worked example: of the graded sources with both classes the one of the worst grade and largest score. Each row is one step. #}
{%- set steps = [
    ('危害负荷', 'Σ 排放量 × 直接排放占比 × 毒性权重', "'各物质见算例构成表'", significant_text('hazard_load_kg', 4)),
    ('危害分档', 'lg(危害负荷) 与分档界比较', "'分档界 ' || hazard_cuts",
        significant_text('hazard_score + emission_score', 4) ~ " || '，' || " ~ to_text('hazard_class') ~ " || '档'"),
    ('受体分档', 'Σ 扩散因子 × 人口 与分档界比较', "'分档界 ' || receptor_cuts",
        significant_text('receptor_load_person_s_m3', 4) ~ " || '，' || " ~ to_text('receptor_class') ~ " || '档'"),
    ('基准等级', '分级矩阵', to_text('hazard_class') ~ " || '档、' || " ~ to_text('receptor_class') ~ " || '档'",
        grade_word('base_grade')),
    ('管理调整', '得分低于下调线加重一级，达到上调线减轻一级',
        "coalesce('管理得分 ' || " ~ significant_text('management_score', 3) ~ ", '作答不足')",
        "case management_step when -1 then '加重一级' when 1 then '减轻一级' else '不调整' end"),
    ('一票否决', '否决只使等级不轻于所列', "'见分级理由'", "'不轻于' || " ~ grade_word('floor_grade')),
    ('等级', '基准等级经管理调整后，受否决约束', "'前三步的结果'", grade_word('grade'))
] %}
with

example as (
    select graded.*
    from {{ ref('source_grade') }} as graded
    where graded.base_grade is not null
    qualify row_number() over (
        order by graded.grade asc nulls last, graded.score desc nulls last, graded.enterprise_id asc nulls last
    ) = 1
),

cut as (
    select
        {{ listagg_text("case when cut_id like 'grading.hl%' then " ~ significant_text('value', 4) ~ ' end', '、', 'cut_id') }}
            as hazard_cuts,
        {{ listagg_text("case when cut_id like 'grading.rc%' then " ~ significant_text('value', 4) ~ ' end', '、', 'cut_id') }}
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
