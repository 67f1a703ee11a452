-- Every outlet that releases to the air, as the dispersion sees it: a stack (point) or an area. What an outlet does not state is
-- taken as a parameter says and named in reason_codes; an outlet without a place lies where its site lies, of a site without a place
-- it has no coordinates and no factor. Weather: of the nearest station with coordinates, else of the one with the most hours.
with

releasing as (
    select distinct outlet_id
    from {{ ref('emission') }}
    where medium in ('air', 'unspecified')
),

parameter as (
    select
        max(case when parameter_id = 'dispersion.default_stack_height_m' then value end) as stack_height_m,
        max(case when parameter_id = 'dispersion.default_area_height_m' then value end) as area_height_m,
        max(case when parameter_id = 'dispersion.default_area_width_m' then value end) as area_width_m,
        max(case when parameter_id = 'dispersion.station_near_m' then value end) as station_near_m
    from {{ ref('int_core__parameter_values_chosen') }}
),

outlet as (
    select
        outlet.outlet_id,
        outlet.enterprise_id,
        outlet.outlet_kind,
        case when outlet.outlet_kind = 'stack' then 'point' else 'area' end as source_kind,
        case when outlet.longitude + outlet.latitude is null then enterprise.longitude else outlet.longitude end as longitude,
        case when outlet.longitude + outlet.latitude is null then enterprise.latitude else outlet.latitude end as latitude,
        outlet.longitude + outlet.latitude is null as lacks_place,
        case when outlet.height_m > 0 then outlet.height_m end as height_m,
        case when outlet.diameter_m > 0 then outlet.diameter_m end as diameter_m,
        case when outlet.velocity_m_s > 0 then outlet.velocity_m_s end as velocity_m_s,
        outlet.temperature_k,
        case when outlet.temperature_k between 200 and 2500 then outlet.temperature_k end as physical_temperature_k,
        case when outlet.source_width_m > 0 then outlet.source_width_m end as width_m
    from {{ ref('dim_outlet') }} as outlet
    left join releasing on releasing.outlet_id = outlet.outlet_id
    left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = outlet.enterprise_id
    where releasing.outlet_id is not null or outlet.outlet_kind in ('stack', 'fugitive')
),

{{ nearest_station_ctes('outlet', 'outlet_id') }}

select
    outlet.outlet_id,
    outlet.enterprise_id,
    outlet.outlet_kind,
    outlet.source_kind,
    outlet.longitude,
    outlet.latitude,
    coalesce(
        outlet.height_m,
        case when outlet.source_kind = 'point' then parameter.stack_height_m else parameter.area_height_m end
    ) as height_m,
    case when outlet.source_kind = 'point' then outlet.diameter_m end as diameter_m,
    case when outlet.source_kind = 'point' then outlet.velocity_m_s end as velocity_m_s,
    case when outlet.source_kind = 'point' then outlet.physical_temperature_k end as temperature_k,
    case when outlet.source_kind = 'area' then coalesce(outlet.width_m, parameter.area_width_m) end as width_m,
    nearest.station_id,
    {{ list_distinct_of([
        "case when outlet.longitude + outlet.latitude is null then 'OUTLET-NO-PLACE' when outlet.lacks_place then 'OUTLET-AT-SITE' end",
        "case when outlet.height_m is null then 'OUTLET-NO-HEIGHT' end",
        "case when outlet.source_kind = 'point' and (outlet.diameter_m is null or outlet.velocity_m_s is null) then 'OUTLET-NO-RISE' end",
        "case when outlet.source_kind = 'point' and outlet.temperature_k is not null and outlet.physical_temperature_k is null then 'OUTLET-TEMPERATURE' end",
        "case when outlet.source_kind = 'area' and outlet.width_m is null then 'OUTLET-NO-WIDTH' end",
        "case when nearest.station_id is null then 'NO-METEOROLOGY' end",
        "case when nearest.station_m > parameter.station_near_m then 'MET-FAR' end",
    ]) }} as reason_codes
from outlet
cross join parameter
left join nearest on nearest.outlet_id = outlet.outlet_id
