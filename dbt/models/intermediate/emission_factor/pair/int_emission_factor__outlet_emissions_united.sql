-- One figure an outlet, pollutant, quarter and state: behind the treatment as measured (online before samples), before it as measured
-- at the inlet, else the outlet's over the share that passes (`is_back_calculated`). A device for the pollutant goes before one for all.
with

measured as (
    select
        outlet_id,
        site_role,
        pollutant_id,
        period,
        method,
        qc_level,
        is_below,
        emission_kg,
        emission_limit_kg,
        load_share,
        sample_count,
        origin
    from {{ ref('int_emission_factor__outlets_sampled') }}
    union all
    select
        outlet_id,
        site_role,
        pollutant_id,
        period,
        method,
        qc_level,
        is_below,
        emission_kg,
        emission_limit_kg,
        load_share,
        sample_count,
        origin
    from {{ ref('int_emission_factor__outlets_recorded') }}
),

best as (
    select *
    from measured
    qualify
        row_number() over (
            partition by outlet_id, site_role, pollutant_id, period
            order by
                case when qc_level = 'C' then 1 else 0 end asc nulls last,
                case method when 'automatic' then 0 else 1 end asc nulls last
        ) = 1
),

treated as (
    select
        best.*,
        coalesce(own.technology_id, general.technology_id) as technology_id,
        coalesce(own.pass_share, case when own.outlet_id is null then general.pass_share end) as pass_share
    from best
    left join
        {{ ref('int_emission_factor__outlets_treated') }} as own
        on own.outlet_id = best.outlet_id and own.pollutant_id = best.pollutant_id
    left join
        {{ ref('int_emission_factor__outlets_treated') }} as general
        on general.outlet_id = best.outlet_id and general.pollutant_id = 'all'
),

released as (
    select
        outlet_id,
        pollutant_id,
        period,
        method,
        qc_level,
        is_below,
        emission_kg,
        emission_limit_kg,
        load_share,
        sample_count,
        origin,
        technology_id,
        'controlled' as control_state,
        false as is_back_calculated
    from treated
    where site_role = 'source'
),

produced as (
    select
        outlet_id,
        pollutant_id,
        period,
        method,
        qc_level,
        is_below,
        emission_kg,
        emission_limit_kg,
        load_share,
        sample_count,
        origin,
        technology_id,
        'uncontrolled' as control_state,
        false as is_back_calculated
    from treated
    where site_role = 'inlet'
    union all
    select
        treated.outlet_id,
        treated.pollutant_id,
        treated.period,
        treated.method,
        treated.qc_level,
        treated.is_below,
        treated.emission_kg / treated.pass_share as emission_kg,
        treated.emission_limit_kg / treated.pass_share as emission_limit_kg,
        treated.load_share,
        treated.sample_count,
        treated.origin,
        treated.technology_id,
        'uncontrolled' as control_state,
        true as is_back_calculated
    from treated
    left join best as inlet
        on
            inlet.outlet_id = treated.outlet_id
            and inlet.pollutant_id = treated.pollutant_id
            and inlet.period = treated.period
            and inlet.site_role = 'inlet'
    where treated.site_role = 'source' and treated.pass_share > 0 and inlet.outlet_id is null
)

select * from released
union all
select * from produced
