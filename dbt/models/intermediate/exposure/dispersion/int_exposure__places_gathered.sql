-- Every place that an exposure is computed for: sensitive places (R:), grid cells (C:), monitoring sites (S:) and workshops (W:). A
-- workshop lies where its enterprise lies. A place without coordinates stays, with unknown ones. People are counted once, in one layer
-- (counts_residents): the cells of the population grid, or the population points where the area has no grid; those of homes and
-- schools live in that layer and never add to it.
with

workshop_record as (
    select
        'receptor_job' as raw_table, _record_id, credit_code, permit_no, enterprise_name, workshop, record_year, headcount
    from {{ ref('stg_receptor__jobs') }}
    union all
    select
        'monitoring_workplace' as raw_table, _record_id, credit_code, permit_no, enterprise_name, workshop, record_year,
        cast(null as integer) as headcount
    from {{ ref('stg_monitoring__workplaces') }}
),

workshop_named as (
    select
        matched.enterprise_id,
        'W:' || coalesce(
            matched.enterprise_id,
            {{ id16(['record.permit_no', 'record.credit_code', 'record.enterprise_name']) }}
        ) || ':' || coalesce(record.workshop, 'unknown') as place_id,
        record.enterprise_name,
        record.workshop,
        record.headcount,
        record.raw_table = 'receptor_job'
        and record.record_year is not distinct from max(case when record.raw_table = 'receptor_job' then record.record_year end) over (
            partition by record.enterprise_name, record.workshop
        ) as is_newest_headcount
    from workshop_record as record
    left join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = record.raw_table and matched._record_id = record._record_id
),

workshop as (
    select
        place_id,
        min(enterprise_id) as enterprise_id,
        min(coalesce(workshop, enterprise_name)) as name,
        cast(sum(case when is_newest_headcount then headcount end) as double) as people
    from workshop_named
    group by place_id
),

layer as (
    select coalesce(max(case when population is not null then 1 end), 0) = 1 as has_grid from {{ ref('dim_grid_cell') }}
),

places as (
    select
        receptor_id as place_id, 'receptor' as place_kind, name, receptor_kind, cast(null as {{ type_string() }}) as site_medium,
        cast(null as {{ type_string() }}) as site_role, cast(null as {{ type_string() }}) as enterprise_id, area_id, longitude, latitude,
        population as people, population_under_15 as people_under_15, population_15_64 as people_15_64,
        population_65_up as people_65_up, receptor_kind = 'population_point' and not layer.has_grid as counts_residents
    from {{ ref('dim_receptor') }}
    cross join layer
    union all
    select
        cell_id, 'cell', cell_id, null, null, null, null, area_id, longitude, latitude, population, population_under_15,
        population - population_under_15 - population_65_up, population_65_up, population is not null
    from {{ ref('dim_grid_cell') }}
    union all
    select
        site_id, 'site', name, null, medium, site_role, enterprise_id, area_id, longitude, latitude, null, null, null, null, false
    from {{ ref('dim_monitoring_site') }}
    union all
    select
        workshop.place_id, 'workshop', workshop.name, null, null, null, workshop.enterprise_id, enterprise.park_id,
        enterprise.longitude, enterprise.latitude, workshop.people, null, null, null, false
    from workshop
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
