{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- The grid cell in which each graded source stands, and the kind of its zone; null outside the grid and where a cell has no grade.
with projected as (
    select
        site.enterprise_id,
        {{ to_metric(point_of('site.longitude', 'site.latitude'), 'fact.crs_metric') }} as point
    from {{ ref('dim_enterprise') }} as site
    cross join {{ ref('stg_geography__profile_facts') }} as fact
    where site.longitude is not null and site.latitude is not null
)

select
    grade.enterprise_id,
    min(zone.cell_id) as cell_id,
    min(zone.zone_kind) as zone_kind
from {{ ref('source_grade') }} as grade
left join projected on projected.enterprise_id = grade.enterprise_id
left join {{ ref('int_risk_grade__cells_described') }} as cell
    on
        {{ x_of('projected.point') }} >= cell.x_m - cell.size_m / 2
        and {{ x_of('projected.point') }} < cell.x_m + cell.size_m / 2
        and {{ y_of('projected.point') }} >= cell.y_m - cell.size_m / 2
        and {{ y_of('projected.point') }} < cell.y_m + cell.size_m / 2
left join {{ ref('zone_grade') }} as zone on zone.cell_id = cell.cell_id
group by grade.enterprise_id
