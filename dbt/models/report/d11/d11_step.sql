{# Worked example, computed from the data: the release of the chapter's project that adds the largest cancer risk to a sensitive place,
   from tonnes a year to risk. Each row is one equation with its numbers. #}
{%- set steps = [
    ('排放速率', 'Q = 年排放量 ÷ 8760 h',
        "outlet_no || ' ' || coalesce(pollutant, pollutant_id) || ' ' || " ~ number_text('increment_t') ~ " || ' t/a'",
        'increment_t * 1e6 / (8760 * 3600)', "'g/s'"),
    ('扩散系数', 'χ/Q，由联合频率计算',
        "coalesce(place, max_place_id) || '，距离 ' || "
        ~ number_text('cast(round_even(max_place_distance_m, 0) as double)') ~ " || ' m'",
        'chi_over_q_s_m3', "'s/m³'"),
    ('年均浓度增量', 'C = χ/Q × Q × 10⁶', "'前两步的结果'", 'max_increment_ug_m3', "'μg/m³'"),
    ('终身暴露浓度', 'EC = C × ET × EF × ED ÷ AT', "'终身居民'", 'max_increment_ug_m3 * lifetime_exposure_share', "'μg/m³'"),
    ('致癌风险增量', 'CR = IUR × EC（含早期生命调整）',
        "'吸入单位风险 ' || " ~ printed_number('unit_risk_per_ug_m3', 3) ~ " || ' (μg/m³)⁻¹'",
        'max_increment_cancer_risk', 'null'),
    ('危害商增量', 'HQ = EC ÷ RfC，接触年限内平均',
        "'参考浓度 ' || " ~ number_text('reference_ug_m3') ~ " || ' μg/m³'", 'max_increment_hazard_quotient', 'null')
] %}
with

example as (
    select source.*, pollutant.name_cn as pollutant, receptor.name as place
    from {{ ref('project_source') }} as source
    inner join {{ ref('d11_project') }} as project on project.project_id = source.project_id and project.is_chapter
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = source.pollutant_id
    left join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = source.max_place_id
    where source.max_increment_cancer_risk > 0
    qualify row_number() over (
        order by source.max_increment_cancer_risk desc nulls last, source.outlet_no asc nulls last, source.pollutant_id asc nulls last
    ) = 1
),

step as (
    {%- for name, formula, inputs, result, unit in steps %}
    select
        {{ loop.index }} as row_no,
        '{{ name }}' as step,
        '{{ formula }}' as formula,
        {{ inputs }} as inputs,
        {{ result }} as result,
        {{ unit }} as unit,
        project_id,
        outlet_no,
        pollutant_id
    from example
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    cast(row_no as integer) as row_no,
    project_id,
    outlet_no,
    pollutant_id,
    step,
    formula,
    inputs,
    result,
    unit
from step
where result is not null
