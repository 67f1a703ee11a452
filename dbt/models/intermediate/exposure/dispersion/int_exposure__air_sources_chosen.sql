{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- The sources that a factor can be computed for: those with a place and a station, placed in the metric system of the profile.
with projected as (
    select
        source.*,
        {{ to_metric(point_of('source.longitude', 'source.latitude'), 'fact.crs_metric') }} as point
    from {{ ref('int_exposure__air_sources_described') }} as source
    cross join {{ ref('stg_geography__profile_facts') }} as fact
    where source.longitude is not null and source.latitude is not null and source.station_id is not null
)

select
    outlet_id,
    {{ x_of('point') }} as x_m,
    {{ y_of('point') }} as y_m,
    height_m,
    diameter_m,
    velocity_m_s,
    temperature_k,
    width_m,
    station_id
from projected
