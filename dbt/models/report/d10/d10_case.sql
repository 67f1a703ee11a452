{# Worked examples: those by formula, and three by factor for 10 000 t of product, of a new pollutant where one has a factor: with the
   interval of one further plant, with treatment, and by analogy where nothing was measured. All figures are this edition's. #}
{%- set activity = 10000 -%}
with

derived as (
    select
        factor.*,
        printed.row_no,
        row_number() over (
            partition by factor.control_state
            order by case when pollutant.is_new_pollutant then 0 else 1 end asc nulls last, factor.n_enterprises desc nulls last,
                factor.factor_id asc nulls last
        ) as place
    from {{ ref('factor') }} as factor
    inner join {{ ref('d10_factor') }} as printed on printed.factor_id = factor.factor_id and printed.version = factor.version
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = factor.pollutant_id
    where factor.unit = 'kg/t' and factor.stage = 'production' and factor.medium = 'air'
),

removal as (
    select * from {{ ref('abatement') }}
    where pollutant_class = 'voc' and medium = 'air' and efficiency is not null
    qualify row_number() over (order by technology_id asc nulls last) = 1
),

analogy as (
    select reference.*
    from {{ ref('reference_factor') }} as reference
    inner join {{ ref('dim_process') }} as process
        on process.process_id = reference.process_id and process.is_synthetic_materials
    where reference.unit = 'kg/t'
    qualify
        row_number() over (
            order by reference.rating asc nulls last, reference.factor_id asc nulls last, reference.version asc nulls last
        ) = 1
),

process as (
    select process_id, name_cn from {{ ref('dim_process') }}
),

substance as (
    select pollutant_id, name_cn from {{ ref('dim_pollutant') }}
),

by_factor as (
    select
        101 as case_no,
        '系数法：排污系数' as title,
        'E = A·EF，区间为一家新企业的95%预测区间' as equation,
        process.name_cn || '的' || coalesce(substance.name_cn, derived.pollutant_id)
        || '，产量{{ activity }} t，产排污系数表序号' || {{ to_text('derived.row_no') }} as inputs_text,
        {{ activity }} * derived.factor as emission_kg,
        {{ activity }} * derived.prediction_low as low_kg,
        {{ activity }} * derived.prediction_high as high_kg
    from derived
    inner join process on process.process_id = derived.process_id
    left join substance on substance.pollutant_id = derived.pollutant_id
    where derived.control_state = 'controlled' and derived.place = 1
    union all
    select
        102 as case_no,
        '系数法：产污系数与去除率' as title,
        'E = A·EF·(1 − η·k)' as equation,
        process.name_cn || '的' || coalesce(substance.name_cn, derived.pollutant_id)
        || '，产量{{ activity }} t，' || removal.name_cn || '去除率取典型值，k = 0.9，产排污系数表序号'
        || {{ to_text('derived.row_no') }} as inputs_text,
        {{ activity }} * derived.factor * (1 - removal.efficiency * 0.9) as emission_kg,
        {{ activity }} * derived.ci_low * (1 - removal.efficiency * 0.9) as low_kg,
        {{ activity }} * derived.ci_high * (1 - removal.efficiency * 0.9) as high_kg
    from derived
    inner join process on process.process_id = derived.process_id
    left join substance on substance.pollutant_id = derived.pollutant_id
    cross join removal
    where derived.control_state = 'uncontrolled' and derived.place = 1
    union all
    select
        103 as case_no,
        case analogy.verified when 'yes' then '类比法：已发表系数' else '类比法：已发表系数（待核）' end as title,
        'E = A·EF，区间按等级' as equation,
        process.name_cn || '的' || coalesce(substance.name_cn, analogy.pollutant_id)
        || '，产量{{ activity }} t，系数取已发表系数表' as inputs_text,
        {{ activity }} * analogy.factor as emission_kg,
        {{ activity }} * analogy.factor_low as low_kg,
        {{ activity }} * analogy.factor_high as high_kg
    from analogy
    inner join process on process.process_id = analogy.process_id
    left join substance on substance.pollutant_id = analogy.pollutant_id
),

united as (
    select
        case_no,
        '公式法：' || title as title,
        equation,
        inputs_text,
        emission_kg,
        cast(null as double) as low_kg,
        cast(null as double) as high_kg
    from {{ ref('emission_factor_worked_case') }}
    union all
    select * from by_factor
)

select
    cast(row_number() over (order by case_no asc nulls last) as integer) as row_no,
    cast(case_no as integer) as case_no,
    title,
    equation,
    inputs_text,
    emission_kg,
    low_kg,
    high_kg
from united
