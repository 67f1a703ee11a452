{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- The outlets and plots that would release to the air, as the dispersion sees a source: what is not stated is taken as for standing
-- outlets (int_exposure__air_sources_described). Those without a place or without weather have no factor and stay out.
with

parameter as (
    select
        max(case when parameter_id = 'dispersion.default_stack_height_m' then value end) as stack_height_m,
        max(case when parameter_id = 'dispersion.default_area_height_m' then value end) as area_height_m,
        max(case when parameter_id = 'dispersion.default_area_width_m' then value end) as area_width_m
    from {{ ref('int_core__parameter_values_chosen') }}
),

outlet as (
    select
        source_id,
        coalesce(max(outlet_kind), 'stack') = 'stack' as is_stack,
        max(longitude) as longitude,
        max(latitude) as latitude,
        max(case when height_m > 0 then height_m end) as height_m,
        max(case when diameter_m > 0 then diameter_m end) as diameter_m,
        max(case when velocity_m_s > 0 then velocity_m_s end) as velocity_m_s,
        max(case when temperature_k between 200 and 2500 then temperature_k end) as temperature_k,
        max(case when width_m > 0 then width_m end) as width_m
    from {{ ref('int_exposure__project_releases_listed') }}
    where medium = 'air' and longitude is not null and latitude is not null
    group by source_id
),

{{ nearest_station_ctes('outlet', 'source_id') }},

projected as (
    select
        outlet.*,
        {{ to_metric(point_of('outlet.longitude', 'outlet.latitude'), 'fact.crs_metric') }} as point
    from outlet
    cross join {{ ref('stg_geography__profile_facts') }} as fact
)

select
    projected.source_id as outlet_id,
    {{ x_of('projected.point') }} as x_m,
    {{ y_of('projected.point') }} as y_m,
    coalesce(
        projected.height_m, case when projected.is_stack then parameter.stack_height_m else parameter.area_height_m end
    ) as height_m,
    case when projected.is_stack then projected.diameter_m end as diameter_m,
    case when projected.is_stack then projected.velocity_m_s end as velocity_m_s,
    case when projected.is_stack then projected.temperature_k end as temperature_k,
    case when not projected.is_stack then coalesce(projected.width_m, parameter.area_width_m) end as width_m,
    nearest.station_id
from projected
cross join parameter
inner join nearest on nearest.source_id = projected.source_id
