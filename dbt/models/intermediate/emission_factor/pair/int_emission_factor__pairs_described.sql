{# Pairs with the output of their period and what their cell is called. A quarter of whose output nothing is known, at a site that
   knows the year's, is summed to the year where all four were measured; what was not detected in one of them counts at half its
   limit there. #}
with

pair as (
    select
        gathered.*,
        {{ to_text(period_year('gathered.period')) }} as year,
        quarter.activity is null and whole.activity is not null
        and count(*) over (
            partition by
                gathered.enterprise_id, gathered.process_id, gathered.stage, gathered.medium, gathered.pollutant_id,
                gathered.control_state, {{ period_year('gathered.period') }}, length(gathered.period)
        ) = 4 as is_known_by_year,
        quarter.activity,
        quarter.activity_unit,
        whole.activity as year_activity,
        whole.activity_unit as year_activity_unit
    from {{ ref('int_emission_factor__pairs_gathered') }} as gathered
    left join
        {{ ref('int_emission_factor__outputs_summed') }} as quarter
        on
            quarter.enterprise_id = gathered.enterprise_id
            and quarter.process_id = gathered.process_id
            and quarter.period = gathered.period
    left join
        {{ ref('int_emission_factor__outputs_summed') }} as whole
        on
            whole.enterprise_id = gathered.enterprise_id
            and whole.process_id = gathered.process_id
            and whole.period = {{ to_text(period_year('gathered.period')) }}
            and length(gathered.period) > 4
),

year as (
    select
        min(pair_id) as pair_id,
        enterprise_id,
        process_id,
        stage,
        medium,
        pollutant_id,
        control_state,
        year as period,
        case when count(distinct technology_id) > 1 then 'mixed' else min(technology_id) end as technology_id,
        min(method) as method,
        max(qc_level) as qc_level,
        case
            when count(emission_kg) > 0 and count(coalesce(emission_kg, emission_limit_kg)) = 4
                then {{ exact_sum('coalesce(emission_kg, emission_limit_kg / 2)') }}
        end as emission_kg,
        case when count(emission_limit_kg) = 4 then {{ exact_sum('emission_limit_kg') }} end as emission_limit_kg,
        max(year_activity) as activity,
        min(year_activity_unit) as activity_unit,
        min(load_share) as load_share,
        bool_or(is_back_calculated) as is_back_calculated,
        bool_and(is_complete) as is_complete,
        bool_or(is_plant_level) as is_plant_level,
        bool_or(is_allocated) as is_allocated,
        cast(sum(sample_count) as integer) as sample_count,
        {{ list_collect_sorted('outlet_ids') }} as outlet_ids,
        {{ origin_collect('origin') }} as origin
    from pair
    where is_known_by_year
    group by enterprise_id, process_id, stage, medium, pollutant_id, control_state, year
),

chosen as (
    select
        pair_id, enterprise_id, process_id, stage, medium, pollutant_id, control_state, period, technology_id, method, qc_level,
        emission_kg, emission_limit_kg, activity, activity_unit, load_share,
        is_back_calculated, is_complete, is_plant_level, is_allocated, sample_count, outlet_ids, origin
    from pair
    where not is_known_by_year
    union all
    select
        pair_id, enterprise_id, process_id, stage, medium, pollutant_id, control_state, period, technology_id, method, qc_level,
        emission_kg, emission_limit_kg, activity, activity_unit, load_share,
        is_back_calculated, is_complete, is_plant_level, is_allocated, sample_count, outlet_ids, origin
    from year
)

select
    chosen.*,
    named.product,
    named.feedstock,
    named.scale_class
from chosen
left join
    {{ ref('int_emission_factor__processes_scaled') }} as named
    on named.enterprise_id = chosen.enterprise_id and named.process_id = chosen.process_id
