{# Annex 1, substances: those of high risk by the screening, and those that come first in the load of a red or orange source, with what they
   make of the load of these sources and the measures of annex 2 that speak of their class. #}
with

part as (
    select
        load.enterprise_id,
        load.pollutant_id,
        {{ exact_sum('load.weighted_kg') }} as weighted_kg
    from {{ ref('source_load') }} as load
    inner join {{ ref('source_grade') }} as graded on graded.enterprise_id = load.enterprise_id
    where graded.grade <= 2 and load.weighted_kg > 0
    group by load.enterprise_id, load.pollutant_id
),

placed as (
    select
        part.*,
        row_number() over (
            partition by part.enterprise_id order by part.weighted_kg desc nulls last, part.pollutant_id asc nulls last
        ) as place_no
    from part
),

summed as (
    select
        pollutant_id,
        cast(count(*) as integer) as strict_source_count,
        cast(count(case when place_no = 1 then 1 end) as integer) as first_count,
        {{ exact_sum('weighted_kg') }} as weighted_kg
    from placed
    group by pollutant_id
),

whole as (
    select {{ exact_sum('weighted_kg') }} as weighted_kg
    from summed
),

listed as (
    select
        pollutant.pollutant_id,
        pollutant.name_cn,
        substance.cas_no,
        substance.substance_class,
        coalesce(pollutant.is_high_risk, false) as is_high_risk,
        pollutant.rank,
        pollutant.emission_air_kg,
        pollutant.emission_water_kg,
        coalesce(summed.strict_source_count, 0) as strict_source_count,
        coalesce(summed.first_count, 0) as first_count,
        100 * coalesce(summed.weighted_kg, 0) / nullif(whole.weighted_kg, 0) as load_share_pct
    from {{ ref('risk_pollutant') }} as pollutant
    cross join whole
    inner join {{ ref('dim_pollutant') }} as substance on substance.pollutant_id = pollutant.pollutant_id
    left join summed on summed.pollutant_id = pollutant.pollutant_id
    where pollutant.is_high_risk or summed.first_count > 0
),

spoken as (
    select
        listed.pollutant_id,
        {{ listagg_text(to_text('task.row_no'), '、', 'task.row_no') }} as measures
    from listed
    inner join {{ ref('control_measure') }} as measure
        on {{ list_has(text_to_list('measure.pollutant_group'), 'listed.substance_class') }}
    inner join {{ ref('d08_task') }} as task on task.measure_id = measure.measure_id
    group by listed.pollutant_id
)

select
    cast(
        row_number() over (
            order by listed.load_share_pct desc nulls last, listed.rank asc nulls last, listed.pollutant_id asc nulls last
        ) as integer
    ) as row_no,
    listed.pollutant_id,
    listed.name_cn,
    listed.cas_no,
    case
        when listed.is_high_risk and listed.first_count > 0 then '筛查为高风险；红、橙级风险源首位物质'
        when listed.is_high_risk then '筛查为高风险'
        else '红、橙级风险源首位物质'
    end as reason,
    listed.rank,
    listed.emission_air_kg,
    listed.emission_water_kg,
    listed.strict_source_count,
    listed.first_count,
    listed.load_share_pct,
    spoken.measures
from listed
left join spoken on spoken.pollutant_id = listed.pollutant_id
