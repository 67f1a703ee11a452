{# Pairs of what one plant emitted of a pollutant at a stage in a period, and its output in the same period, before any of them is
   judged: outlets of a process summed by quarter, mass balances by year (of the unit as a whole: no stage). A quarter in which an
   outlet is missing that was measured in another is marked. #}
with

outlet as (
    select * from {{ ref('int_emission_factor__outlet_emissions_allocated') }}
),

expected as (
    select
        enterprise_id,
        process_id,
        stage,
        medium,
        pollutant_id,
        control_state,
        count(distinct outlet_id) as outlet_count
    from outlet
    group by enterprise_id, process_id, stage, medium, pollutant_id, control_state
),

plant as (
    select
        enterprise_id,
        process_id,
        is_plant_level,
        stage,
        medium,
        pollutant_id,
        control_state,
        period,
        count(*) as outlet_count,
        min(method) as method,
        count(distinct method) as method_count,
        max(qc_level) as qc_level,
        bool_and(is_below) as is_below,
        -- an outlet below its limit beside others that were detected counts at half the limit
        case
            when not bool_and(is_below) and count(coalesce(emission_kg, emission_limit_kg)) = count(*)
                then {{ exact_sum('coalesce(emission_kg, emission_limit_kg / 2)') }}
        end as emission_kg,
        case
            when bool_and(is_below) and count(emission_limit_kg) = count(*) then {{ exact_sum('emission_limit_kg') }}
        end as emission_limit_kg,
        min(load_share) as load_share,
        case
            when control_state = 'uncontrolled' then null
            when count(distinct coalesce(technology_id, 'unknown')) = 1 then min(coalesce(technology_id, 'unknown'))
            else 'mixed'
        end as technology_id,
        bool_or(is_back_calculated) as is_back_calculated,
        bool_or(is_allocated) as is_allocated,
        cast(sum(sample_count) as integer) as sample_count,
        {{ list_agg_distinct('outlet_id') }} as outlet_ids,
        {{ origin_collect('origin') }} as origin
    from outlet
    group by enterprise_id, process_id, is_plant_level, stage, medium, pollutant_id, control_state, period
),

balance_state as (
    select *, 'controlled' as control_state, emission_kg as state_kg, false as is_before
    from {{ ref('int_emission_factor__balances_closed') }}
    union all
    select *, 'uncontrolled' as control_state, produced_kg as state_kg, true as is_before
    from {{ ref('int_emission_factor__balances_closed') }}
),

metered as (
    select * from {{ ref('int_inventory__balances_judged') }} where reason_code = 'BALANCE-METERING'
),

{# the process of a site of one process, else its class row #}
site_process as (
    select
        recognised.enterprise_id,
        case
            when count(distinct recognised.process_id) = 1 then min(recognised.process_id)
            else 'C' || min(enterprise.industry_code)
        end as process_id,
        count(distinct recognised.process_id) > 1 as is_plant_level
    from {{ ref('int_inventory__processes_recognised') }} as recognised
    inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = recognised.enterprise_id
    group by recognised.enterprise_id
),

gathered as (
    select
        plant.enterprise_id,
        plant.process_id,
        plant.is_plant_level,
        plant.stage,
        plant.medium,
        plant.pollutant_id,
        plant.control_state,
        plant.technology_id,
        plant.period,
        case when plant.method_count = 1 then plant.method else 'manual_monitoring' end as method,
        plant.qc_level,
        plant.emission_kg,
        plant.emission_limit_kg,
        plant.load_share,
        plant.is_back_calculated,
        plant.is_allocated,
        plant.outlet_count >= expected.outlet_count as is_complete,
        plant.sample_count,
        plant.outlet_ids,
        plant.origin
    from plant
    inner join expected
        on
            expected.enterprise_id = plant.enterprise_id and expected.process_id = plant.process_id
            and expected.stage = plant.stage and expected.medium = plant.medium
            and expected.pollutant_id = plant.pollutant_id and expected.control_state = plant.control_state
    union all
    select
        balance.enterprise_id,
        site_process.process_id,
        site_process.is_plant_level,
        cast(null as {{ type_string() }}) as stage,
        'air' as medium,
        balance.pollutant_id,
        balance.control_state,
        case when not balance.is_before then 'unknown' end as technology_id,
        balance.period,
        'mass_balance' as method,
        {# what the meters cannot tell from nothing makes no factor #}
        case when balance.state_kg < balance.metering_error_kg or judged.year is not null then 'C' else balance.qc_level end as qc_level,
        balance.state_kg as emission_kg,
        cast(null as double) as emission_limit_kg,
        cast(null as double) as load_share,
        false as is_back_calculated,
        false as is_allocated,
        true as is_complete,
        cast(1 as integer) as sample_count,
        {{ text_to_list("cast(null as " ~ type_string() ~ ")") }} as outlet_ids,
        balance.origin
    from balance_state as balance
    inner join site_process on site_process.enterprise_id = balance.enterprise_id
    left join
        metered as judged
        on
            not balance.is_before and judged.enterprise_id = balance.enterprise_id and judged.pollutant_id = balance.pollutant_id
            and judged.year = {{ period_year('balance.period') }}
)

select
    {{ id16(['enterprise_id', 'process_id', 'stage', 'medium', 'pollutant_id', 'control_state', 'period']) }} as pair_id,
    gathered.*
from gathered
