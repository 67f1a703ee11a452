-- Which technologies can reduce which substance where it arises in a process (of process knowledge, not of the check list), and the
-- measures of the control plan's catalogue that ask for such a thing in that sector, at that stage, of that class of substances.
with

arising as (
    select
        process_id,
        stage,
        medium,
        pollutant_id,
        name_cn,
        is_new_pollutant
    from {{ ref('emission_factor_process_pollutant') }}
    where not is_check_list
),

{# whole classes of sources have measures too; those by grade and kind of zone are no measures of a technology #}
measure as (
    select
        control.measure_id,
        control.process as stage,
        control.stage as measure_stage,
        control.sector,
        control.pollutant_group,
        entry.pollutant_id
    from {{ ref('control_measure') }} as control
    inner join {{ ref('measure_catalogue') }} as entry on entry.measure_id = control.measure_id
    where control.applies_to = 'pollutant_class' and control.process is not null and control.verified <> 'doubtful'
),

option as (
    select
        arising.process_id,
        arising.stage,
        arising.medium,
        arising.pollutant_id,
        technology.technology_id,
        technology.technology,
        technology.measure_stage,
        technology.efficiency,
        technology.efficiency_low,
        technology.efficiency_high,
        technology.n,
        technology.efficiency_basis,
        technology.efficiency_technology_id,
        technology.efficiency_class,
        technology.efficiency_pollutant_id,
        technology.cost_class,
        technology.cross_media,
        technology.k_formula,
        technology.source,
        technology.verified,
        arising.name_cn,
        arising.is_new_pollutant,
        process.industry_code,
        pollutant.substance_class
    from arising
    inner join {{ ref('int_emission_factor__technologies_matched') }} as technology
        on
            technology.pollutant_id = arising.pollutant_id
            and technology.medium = arising.medium
            and {{ list_has(text_to_list('technology.stages'), 'arising.stage') }}
    inner join {{ ref('dim_process') }} as process on process.process_id = arising.process_id
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = arising.pollutant_id
),

asked as (
    select
        option.process_id,
        option.stage,
        option.medium,
        option.pollutant_id,
        option.technology_id,
        {{ list_agg_distinct('measure.measure_id') }} as measure_ids
    from option
    inner join measure
        on
            measure.stage = option.stage
            and measure.measure_stage = option.measure_stage
            and (measure.sector is null or {{ list_has(text_to_list('measure.sector'), 'option.industry_code') }})
            and {{ list_has(text_to_list('measure.pollutant_group'), 'option.substance_class') }}
            and (
                measure.pollutant_id is null
                or {{ list_has(text_to_list('measure.pollutant_id'), 'option.pollutant_id') }}
            )
    group by option.process_id, option.stage, option.medium, option.pollutant_id, option.technology_id
)

select
    option.process_id,
    option.stage,
    option.medium,
    option.pollutant_id,
    option.technology_id,
    option.technology,
    option.measure_stage,
    option.efficiency,
    option.efficiency_low,
    option.efficiency_high,
    option.n,
    option.efficiency_basis,
    option.efficiency_technology_id,
    option.efficiency_class,
    option.efficiency_pollutant_id,
    option.cost_class,
    option.cross_media,
    option.k_formula,
    asked.measure_ids,
    option.name_cn,
    option.is_new_pollutant,
    option.source,
    option.verified
from option
left join asked
    on
        asked.process_id = option.process_id
        and asked.stage = option.stage
        and asked.medium = option.medium
        and asked.pollutant_id = option.pollutant_id
        and asked.technology_id = option.technology_id
