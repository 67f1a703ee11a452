-- Every place that an exposure is computed for: sensitive places (R:), grid cells (C:), monitoring sites (S:) and workshops (W:). A
-- workshop lies where its enterprise lies. A place without coordinates stays, with unknown ones. People are counted once, in one layer
-- (counts_residents): the cells of the population grid, or the population points where the area has no grid; those of homes and
-- schools live in that layer and never add to it.
with

layer as (
    select coalesce(max(case when population is not null then 1 end), 0) = 1 as has_grid from {{ ref('dim_grid_cell') }}
),

places as (
    select
        receptor.receptor_id as place_id,
        'receptor' as place_kind,
        receptor.name,
        receptor.receptor_kind,
        cast(null as {{ type_string() }}) as site_medium,
        cast(null as {{ type_string() }}) as site_role,
        cast(null as {{ type_string() }}) as enterprise_id,
        receptor.area_id,
        receptor.longitude,
        receptor.latitude,
        receptor.population as people,
        receptor.population_under_15 as people_under_15,
        receptor.population_15_64 as people_15_64,
        receptor.population_65_up as people_65_up,
        receptor.receptor_kind = 'population_point' and not layer.has_grid as counts_residents
    from {{ ref('dim_receptor') }} as receptor
    cross join layer
    union all
    select
        cell_id as place_id,
        'cell' as place_kind,
        cell_id as name,
        cast(null as {{ type_string() }}) as receptor_kind,
        cast(null as {{ type_string() }}) as site_medium,
        cast(null as {{ type_string() }}) as site_role,
        cast(null as {{ type_string() }}) as enterprise_id,
        area_id,
        longitude,
        latitude,
        population as people,
        population_under_15 as people_under_15,
        population - population_under_15 - population_65_up as people_15_64,
        population_65_up as people_65_up,
        population is not null as counts_residents
    from {{ ref('dim_grid_cell') }}
    union all
    select
        site_id as place_id,
        'site' as place_kind,
        name,
        cast(null as {{ type_string() }}) as receptor_kind,
        medium as site_medium,
        site_role,
        enterprise_id,
        area_id,
        longitude,
        latitude,
        cast(null as double) as people,
        cast(null as double) as people_under_15,
        cast(null as double) as people_15_64,
        cast(null as double) as people_65_up,
        false as counts_residents
    from {{ ref('dim_monitoring_site') }}
    union all
    select
        workshop.place_id,
        'workshop' as place_kind,
        workshop.name,
        cast(null as {{ type_string() }}) as receptor_kind,
        cast(null as {{ type_string() }}) as site_medium,
        cast(null as {{ type_string() }}) as site_role,
        workshop.enterprise_id,
        enterprise.park_id as area_id,
        enterprise.longitude,
        enterprise.latitude,
        workshop.people,
        cast(null as double) as people_under_15,
        cast(null as double) as people_15_64,
        cast(null as double) as people_65_up,
        false as counts_residents
    from {{ ref('int_exposure__workshops_listed') }} as workshop
    left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = workshop.enterprise_id
)

select
    place_id,
    place_kind,
    name,
    receptor_kind,
    site_medium,
    site_role,
    enterprise_id,
    area_id,
    longitude,
    latitude,
    people,
    people_under_15,
    people_15_64,
    people_65_up,
    coalesce(counts_residents, false) as counts_residents
from places
