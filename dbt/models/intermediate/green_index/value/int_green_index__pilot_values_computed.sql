{# P1, P2 and R5: literacy of the zone, visits and leaks of each park and the zone. #}
with

areas as (
    select area_id, area_kind from {{ ref('int_green_index__areas_rated') }} where area_kind in ('area', 'park')
),

{# P2: visits per open enterprise #}
visits as (
    select
        areas.area_id,
        facility.year,
        cast(sum(facility.visitors) as double) / count(facility.visitors) as value
    from {{ ref('open_facility') }} as facility
    inner join areas on areas.area_kind = 'area' or areas.area_id = facility.park_id
    where facility.visitors is not null
    group by areas.area_id, facility.year
),

{# R5: leaks repaired in time, weighted by their number #}
leaks as (
    select
        areas.area_id,
        leak.record_year as year,
        100 * {{ exact_sum('leak.timely_repair_share * leak.leak_points') }} / nullif(sum(leak.leak_points), 0) as value
    from {{ ref('stg_monitoring__leaks') }} as leak
    inner join {{ ref('int_inventory__named_records_matched') }} as found
        on found.raw_table = 'monitoring_leak' and found._record_id = leak._record_id
    inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = found.enterprise_id
    inner join areas on areas.area_kind = 'area' or areas.area_id = site.park_id
    where leak.timely_repair_share is not null and leak.leak_points > 0
    group by areas.area_id, leak.record_year
),

{# P1: literacy of the residents, in per cent #}
literate as (
    select
        areas.area_id,
        literacy.year,
        100 * literacy.estimate as value
    from {{ ref('literacy') }} as literacy
    inner join areas on areas.area_kind = 'area'
    where literacy.dimension = 'total' and literacy.group_kind = 'all' and literacy.estimate is not null
)

select 'P1' as indicator_id, area_id, year, value, 'pilot.literacy' as source_table from literate
union all
select 'P2' as indicator_id, area_id, year, value, 'pilot.open_facility' as source_table from visits
union all
select 'R5' as indicator_id, area_id, year, value, 'raw.monitoring_leak' as source_table from leaks
