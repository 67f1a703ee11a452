-- How the release of a stage by formula falls to what stands at its tanks and loading places: the share of it, and what passes. A fixed
-- roof lets all pass; how much less a floating roof lets pass than a fixed one nobody states, so it is not known. Loading below the surface
-- is already what the technology of that name brings.
with

object as (
    select
        tank.enterprise_id,
        'storage' as stage,
        tank.pollutant_id,
        tank.year,
        case when tank.roof = 'fixed_roof' then 1.0 end as pass_share,
        cast(null as {{ type_string() }}) as standing_technology_id,
        result.emission_kg
    from {{ ref('int_inventory__tanks_described') }} as tank
    inner join
        {{ ref('int_inventory__formulas_computed') }} as result
        on result.form = 'tank' and result.record_id = tank.record_id and result.pollutant_id = tank.pollutant_id
    union all
    select
        loading.enterprise_id,
        'loading' as stage,
        loading.pollutant_id,
        loading.year,
        1 - loading.recovery_efficiency as pass_share,
        case when loading.saturation_mode like 'submerged%' then 'SUBMERGED' end as standing_technology_id,
        result.emission_kg
    from {{ ref('int_inventory__loadings_described') }} as loading
    inner join
        {{ ref('int_inventory__formulas_computed') }} as result
        on result.form = 'loading' and result.record_id = loading.record_id and result.pollutant_id = loading.pollutant_id
),

known as (
    select object.*
    from object
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = object.year
    where object.emission_kg > 0
),

whole as (
    select
        enterprise_id,
        stage,
        pollutant_id,
        {{ exact_sum('emission_kg') }} as emission_kg
    from known
    group by enterprise_id, stage, pollutant_id
),

device as (
    select
        enterprise_id,
        stage,
        pollutant_id,
        pass_share,
        standing_technology_id,
        {{ exact_sum('emission_kg') }} as emission_kg
    from known
    group by enterprise_id, stage, pollutant_id, pass_share, standing_technology_id
)

select
    device.enterprise_id,
    device.stage,
    device.pollutant_id,
    device.pass_share,
    device.standing_technology_id,
    device.emission_kg / whole.emission_kg as share
from device
inner join whole
    on whole.enterprise_id = device.enterprise_id and whole.stage = device.stage and whole.pollutant_id = device.pollutant_id
