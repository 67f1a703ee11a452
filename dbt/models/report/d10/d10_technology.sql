{# What a technology at all outlets of a process would take off, all graded sources of the process together. A process of fewer sources
   than a published factor needs is left out: its row would tell one of them; so is a technology that takes off nothing at its typical efficiency. #}
with

least as (
    select max(case when parameter_id = 'factor_least_enterprises' then {{ try_double('value') }} end) as enterprises
    from {{ ref('parameter_used') }}
),

named as (
    select
        technology_id,
        min(name_cn) as technology
    from {{ ref('abatement') }}
    where pollutant_id = '*'
    group by technology_id
),

summed as (
    select
        process_id,
        technology_id,
        count(*) as source_count,
        {{ exact_sum('-emission_change_kg') }} as reduction_kg,
        {{ exact_sum('-emission_change_high_kg') }} as low_kg,
        {{ exact_sum('-emission_change_low_kg') }} as high_kg,
        max(-emission_change_kg) as largest_kg,
        count(case when grade_after > grade_before then 1 end) as better_count,
        {{ exact_mean('-100 * risk_change_share') }} as risk_percent
    from {{ ref('technology_scenario') }}
    group by process_id, technology_id
)

select
    cast(row_number() over (
        order by summed.process_id asc nulls last, summed.reduction_kg desc nulls last, summed.technology_id asc nulls last
    ) as integer) as row_no,
    summed.process_id,
    summed.technology_id,
    process.name_cn as process,
    named.technology,
    cast(summed.source_count as integer) as source_count,
    summed.reduction_kg / 1000 as reduction_t,
    summed.low_kg / 1000 as low_t,
    summed.high_kg / 1000 as high_t,
    cast(summed.better_count as integer) as better_count,
    summed.risk_percent
from summed
cross join least
left join named on named.technology_id = summed.technology_id
left join {{ ref('dim_process') }} as process on process.process_id = summed.process_id
where summed.source_count >= least.enterprises and summed.reduction_kg > 0 and summed.largest_kg <= 0.8 * summed.reduction_kg
