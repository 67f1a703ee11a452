-- Every outlet that releases straight into a body of water, and every site of water or biota on that body, with what dilutes on the
-- way. An outlet without coordinates lies where its site lies; where neither has any, the distance is unknown. Which way a river
-- flows is in no file: every site on it is taken to lie downstream.
with

released as (
    select distinct outlet_id, enterprise_id, water_body, flow_m3_s
    from {{ ref('int_exposure__water_releases_routed') }}
    where discharge_route = 'direct'
),

outfall as (
    select
        released.outlet_id,
        released.water_body,
        released.flow_m3_s,
        case when outlet.longitude + outlet.latitude is null then enterprise.longitude else outlet.longitude end as longitude,
        case when outlet.longitude + outlet.latitude is null then enterprise.latitude else outlet.latitude end as latitude
    from released
    left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = released.outlet_id
    left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = released.enterprise_id
),

measured_at as (
    select place.place_id, place.longitude, place.latitude, trim(site.water_body) as water_body
    from {{ ref('int_exposure__places_united') }} as place
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = place.place_id
    where site.medium in ('surface_water', 'sea_water', 'drinking_water', 'biota')
)

select
    outfall.outlet_id,
    measured_at.place_id,
    body.water_body,
    body.dilution_kind,
    body.low_flow_m3_s,
    body.mixed_flow_m3_s,
    body.initial_dilution,
    body.velocity_m_s,
    body.depth_m,
    outfall.flow_m3_s as effluent_m3_s,
    {{ metres_between('outfall.longitude', 'outfall.latitude', 'measured_at.longitude', 'measured_at.latitude') }} as distance_m
from outfall
inner join {{ ref('int_exposure__water_bodies_diluting') }} as body on body.water_body = outfall.water_body
inner join measured_at on measured_at.water_body = body.water_body
