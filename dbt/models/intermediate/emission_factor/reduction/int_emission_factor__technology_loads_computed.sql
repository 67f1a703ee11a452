{# What is left of the load of each graded source when a technology stands at every outlet of its process that it can treat, in place
   of what stands there now and fully run (k = 1): an outlet that is better off already, or has this technology, stays as it is, one
   whose treatment is not known too. The shape is that of the control plan's scenarios. Low and high: ends of the efficiency. #}
with

treated as (
    select
        outlet.process_id,
        technology.technology_id,
        outlet.enterprise_id,
        outlet.medium,
        outlet.pollutant_id,
        outlet.emission_kg,
        outlet.emission_kg * least(1, (1 - technology.efficiency) / outlet.pass_share) as after_kg,
        outlet.emission_kg * least(1, (1 - technology.efficiency_low) / outlet.pass_share) as after_high_kg,
        outlet.emission_kg * least(1, (1 - technology.efficiency_high) / outlet.pass_share) as after_low_kg
    from {{ ref('int_emission_factor__outlets_controlled') }} as outlet
    inner join {{ ref('int_emission_factor__technologies_matched') }} as technology
        on
            technology.pollutant_id = outlet.pollutant_id
            and technology.medium = outlet.medium
            and {{ list_has(text_to_list('technology.stages'), 'outlet.stage') }}
    where
        outlet.pass_share > 0
        and outlet.process_id is not null
        and technology.technology_id is distinct from outlet.standing_technology_id
),

substance as (
    select
        process_id,
        technology_id,
        enterprise_id,
        medium,
        pollutant_id,
        {{ exact_sum('emission_kg - after_kg') }} as reduction_kg,
        {{ exact_sum('emission_kg - after_high_kg') }} as reduction_low_kg,
        {{ exact_sum('emission_kg - after_low_kg') }} as reduction_high_kg
    from treated
    group by process_id, technology_id, enterprise_id, medium, pollutant_id
),

summed as (
    select
        substance.process_id,
        substance.technology_id,
        substance.enterprise_id,
        {{ exact_sum('substance.reduction_kg') }} as reduction_kg,
        {{ exact_sum('substance.reduction_low_kg') }} as reduction_low_kg,
        {{ exact_sum('substance.reduction_high_kg') }} as reduction_high_kg,
        -- a release without a weight of its own grades nothing: its reduction does not either
        coalesce({{ exact_sum('load.weighted_kg * substance.reduction_kg / load.emission_kg') }}, 0) as load_reduction
    from substance
    left join {{ ref('int_risk_grade__releases_loaded') }} as load
        on
            load.enterprise_id = substance.enterprise_id
            and load.pollutant_id = substance.pollutant_id
            and load.medium = substance.medium
            and load.emission_kg > 0
    group by substance.process_id, substance.technology_id, substance.enterprise_id
)

select
    'TECH:' || summed.process_id || ':' || summed.technology_id as scenario_id,
    summed.process_id,
    summed.technology_id,
    summed.enterprise_id,
    -summed.reduction_kg as emission_change_kg,
    -summed.reduction_low_kg as emission_change_high_kg,
    -summed.reduction_high_kg as emission_change_low_kg,
    source.hazard_load,
    greatest(source.hazard_load - summed.load_reduction, 0) as hazard_load_after
from summed
inner join {{ ref('int_risk_grade__sources_loaded') }} as source on source.enterprise_id = summed.enterprise_id
where summed.reduction_high_kg > 0
