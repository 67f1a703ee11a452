{# Sites of the environment and the areas that they speak for: a park those within it, a city the series that bears its name, the
   zone all others. Sites of enterprises, at outlets and at fences say nothing about an area. #}
with

sites as (
    select
        site_id,
        area_id as place_area_id,
        medium,
        coalesce(name, '') as name
    from {{ ref('dim_monitoring_site') }}
    where
        medium in ('ambient_air', 'surface_water', 'sea_water', 'sediment')
        and enterprise_id is null and coalesce(site_role, '') not in ('source', 'inlet', 'boundary')
),

of_city as (
    select sites.site_id, sites.medium, area.area_id
    from sites
    inner join {{ ref('int_green_index__areas_rated') }} as area
        on area.area_kind = 'city'
        and (
            sites.name in (area.area_id, area.name_cn) or {{ list_has('area.aliases', 'sites.name') }}
            or sites.site_id in ('S:' || area.area_id, 'S:' || area.name_cn)
            or {{ list_has('area.aliases', 'substr(sites.site_id, 3)') }}
        )
)

select site_id, medium, area_id from of_city
union all
select sites.site_id, sites.medium, area.area_id
from sites
inner join {{ ref('int_green_index__areas_rated') }} as area on area.area_kind = 'park' and area.area_id = sites.place_area_id
union all
select sites.site_id, sites.medium, area.area_id
from sites
inner join {{ ref('int_green_index__areas_rated') }} as area on area.area_kind = 'area'
where not exists (select 1 from of_city where of_city.site_id = sites.site_id)
