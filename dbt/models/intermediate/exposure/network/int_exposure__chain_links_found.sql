{# The links of each chain: existing active sites, else the site that is missing, with its candidate's id. At the source stand sites of
   the medium by which most of the load leaves; a boundary is asked of both. A sensitive point by air must lie
   downwind (unknown wind: any); by water an existing site of the receiving body. What nobody can propose has no row. #}
with

own as (
    select
        source.enterprise_id,
        case site.site_role when 'source' then 'source' else 'boundary' end as chain_role,
        site.site_id,
        site.site_id as place_id,
        cast(null as double) as distance_m,
        cast(null as boolean) as is_downwind
    from {{ ref('int_exposure__chain_sources_listed') }} as source
    inner join {{ ref('dim_monitoring_site') }} as site on site.enterprise_id = source.enterprise_id
    where
        coalesce(site.is_active, true)
        and (
            site.site_role = 'boundary'
            or (site.site_role = 'source' and source.is_by_air and site.medium in ('waste_gas', 'fugitive'))
            or (site.site_role = 'source' and not source.is_by_air and site.medium = 'waste_water')
        )
),

by_air as (
    select
        enterprise_id,
        'sensitive' as chain_role,
        place_id as site_id,
        place_id,
        distance_m,
        is_downwind
    from {{ ref('int_exposure__chain_points_ranked') }}
    where kind = 'site' and place_no <= 2 and coalesce(is_downwind, true)
),

by_water as (
    select distinct
        source.enterprise_id,
        'sensitive' as chain_role,
        site.site_id,
        site.site_id as place_id,
        cast(null as double) as distance_m,
        cast(null as boolean) as is_downwind
    from {{ ref('int_exposure__chain_sources_listed') }} as source
    inner join {{ ref('dim_outlet') }} as outlet on outlet.enterprise_id = source.enterprise_id
    inner join {{ ref('dim_monitoring_site') }} as site on site.water_body = outlet.water_body
    where
        not source.is_by_air and site.medium in ('surface_water', 'sea_water')
        and site.site_role in ('sensitive', 'park') and coalesce(site.is_active, true)
),

standing as (
    select * from own
    union all
    select * from by_air
    union all
    select * from by_water
),

cell_of_point as (
    select
        point.enterprise_id,
        coalesce(cell.cell_id, point.place_id) as place_id,
        point.distance_m,
        point.is_downwind
    from {{ ref('int_exposure__chain_points_ranked') }} as point
    left join {{ ref('dim_grid_cell') }} as cell
        on
            point.x_m >= cell.x_m - cell.size_m / 2 and point.x_m < cell.x_m + cell.size_m / 2
            and point.y_m >= cell.y_m - cell.size_m / 2 and point.y_m < cell.y_m + cell.size_m / 2
    where point.kind <> 'site' and point.place_no = 1
),

missing as (
    select
        enterprise_id, 'source' as chain_role, 'N:' || outlet_id as site_id, cast(null as {{ type_string() }}) as place_id,
        cast(null as double) as distance_m, cast(null as boolean) as is_downwind
    from {{ ref('int_exposure__chain_sources_listed') }}
    where outlet_id is not null
    union all
    select
        enterprise_id, 'boundary' as chain_role, 'N:' || enterprise_id || ':boundary' as site_id,
        cast(null as {{ type_string() }}) as place_id, cast(null as double) as distance_m, cast(null as boolean) as is_downwind
    from {{ ref('int_exposure__chain_sources_listed') }}
    union all
    select
        enterprise_id, 'sensitive' as chain_role, 'N:' || place_id as site_id, place_id, distance_m, is_downwind
    from cell_of_point
)

select
    standing.enterprise_id,
    standing.chain_role,
    standing.site_id,
    standing.place_id,
    true as is_existing,
    standing.distance_m,
    standing.is_downwind
from standing
union all
select
    missing.enterprise_id,
    missing.chain_role,
    missing.site_id,
    missing.place_id,
    false as is_existing,
    missing.distance_m,
    missing.is_downwind
from missing
left join standing on standing.enterprise_id = missing.enterprise_id and standing.chain_role = missing.chain_role
where standing.enterprise_id is null
