{# What a scenario leaves of the load of each source to which one of its base measures is assigned. Base measures speak of the first
   substance: source prevention of all its links, process control of those outside of stacks, end of pipe of its stacks and waste water;
   several on one link multiply as (1 - r), with the low end of the reduction. Links that nobody knows keep their release. #}
with

first_substance as (
    select
        enterprise_id,
        pollutant_id,
        {{ exact_sum('weighted_kg') }} as weighted_kg
    from {{ ref('int_risk_grade__releases_loaded') }}
    where weighted_kg > 0
    group by enterprise_id, pollutant_id
    qualify
        row_number() over (
            partition by enterprise_id
            order by {{ exact_sum('weighted_kg') }} desc nulls last, pollutant_id asc nulls last
        ) = 1
),

taken as (
    select
        scenario.scenario_id,
        assigned.enterprise_id,
        measure.stage,
        measure.expected_reduction_low as reduction
    from {{ ref('scenario') }} as scenario
    inner join {{ ref('int_risk_grade__measures_matched') }} as assigned on assigned.measure_id = scenario.measure_id
    inner join {{ ref('measure_catalogue') }} as measure on measure.measure_id = scenario.measure_id
    where measure.applies_to = 'source' and measure.expected_reduction_low < 1
),

link as (
    select
        taken.scenario_id,
        taken.enterprise_id,
        link.process,
        link.is_fugitive,
        max(link.emission_kg) as emission_kg,
        round_even(exp({{ exact_sum("case
            when taken.stage = 'source_prevention'
                or (taken.stage = 'process_control' and link.is_fugitive)
                or (
                    taken.stage = 'end_of_pipe' and not link.is_fugitive
                    and link.process in ('production', 'waste_water')
                )
                then ln(1 - taken.reduction)
            else 0
        end") }}), 9) as kept
    from taken
    inner join first_substance on first_substance.enterprise_id = taken.enterprise_id
    inner join {{ ref('int_risk_grade__links_summed') }} as link
        on link.enterprise_id = taken.enterprise_id and link.pollutant_id = first_substance.pollutant_id
    group by taken.scenario_id, taken.enterprise_id, link.process, link.is_fugitive
),

summed as (
    select
        scenario_id,
        enterprise_id,
        {{ exact_sum('emission_kg') }} as before_kg,
        {{ exact_sum('emission_kg * kept') }} as after_kg
    from link
    group by scenario_id, enterprise_id
)

select
    summed.scenario_id,
    summed.enterprise_id,
    summed.after_kg - summed.before_kg as emission_change_kg,
    source.hazard_load,
    source.hazard_load - first_substance.weighted_kg * (1 - summed.after_kg / summed.before_kg) as hazard_load_after
from summed
inner join first_substance on first_substance.enterprise_id = summed.enterprise_id
inner join {{ ref('int_risk_grade__sources_loaded') }} as source on source.enterprise_id = summed.enterprise_id
