{# R3, M2, M3, M5 and M6: what grades, codes, problems, chains and factors say. Tables without a year stand for the assessment year;
   problems count in the year in which they fall due. #}
with

assessed as (
    select cast(assessment_year as integer) as year from {{ ref('int_inventory__assessment_year_chosen') }}
),

areas as (
    select * from {{ ref('int_green_index__areas_rated') }} where area_kind in ('area', 'park')
),

chains as (
    select enterprise_id, min(case when is_complete then 1 else 0 end) = 1 as is_complete
    from {{ ref('monitoring_chain') }}
    group by enterprise_id
),

sources as (
    select
        grade.enterprise_id,
        grade.grade,
        site.park_id,
        code.colour,
        chain.is_complete
    from {{ ref('source_grade') }} as grade
    left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = grade.enterprise_id
    left join {{ ref('risk_code') }} as code on code.enterprise_id = grade.enterprise_id
    left join chains as chain on chain.enterprise_id = grade.enterprise_id
),

{# an area whose sources nobody could grade has no density; one without any source has none #}
graded as (
    select
        areas.area_id,
        areas.area_km2,
        count(sources.enterprise_id) as source_count,
        count(sources.grade) as graded_count,
        count(case when sources.grade in (1, 2) then 1 end) as high_count,
        count(case when sources.colour <> 'grey' then 1 end) as coloured_count,
        count(case when sources.grade in (1, 2) and sources.is_complete then 1 end) as complete_count
    from areas
    left join sources on areas.area_kind = 'area' or sources.park_id = areas.area_id
    where exists (select 1 from sources)
    group by areas.area_id, areas.area_km2
),

due as (
    select
        areas.area_id,
        cast(extract(year from problem.due) as integer) as year,
        100.0 * count(case when problem.status = 'closed' and problem.closed_at <= problem.due then 1 end) / count(*) as value
    from {{ ref('problem') }} as problem
    cross join {{ source('intake', 'build') }} as build
    left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = problem.enterprise_id
    inner join areas on areas.area_kind = 'area' or areas.area_id = site.park_id
    where problem.due <= build.as_of and problem.status <> 'rejected'
    group by areas.area_id, cast(extract(year from problem.due) as integer)
),

cells as (
    select 100.0 * count(case when rating in ('A', 'B', 'C') then 1 end) / nullif(count(*), 0) as value
    from {{ ref('factor') }}
    where factor is not null and version in (select max(latest.version) from {{ ref('factor') }} as latest)
),

found as (
    select
        'R3' as indicator_id,
        area_id,
        case when graded_count > 0 or source_count = 0 then 10.0 * high_count / nullif(area_km2, 0) end as value,
        'risk_grade.source_grade' as source_table
    from graded
    union all
    select
        'M2' as indicator_id,
        area_id,
        100.0 * coloured_count / nullif(source_count, 0) as value,
        'risk_grade.risk_code' as source_table
    from graded
    union all
    select
        'M5' as indicator_id,
        area_id,
        100.0 * complete_count / nullif(high_count, 0) as value,
        'exposure.monitoring_chain' as source_table
    from graded
    union all
    select 'M6' as indicator_id, areas.area_id, cells.value, 'emission_factor.factor' as source_table
    from cells
    inner join areas on areas.area_kind = 'area'
)

select found.indicator_id, found.area_id, assessed.year, found.value, found.source_table
from found
cross join assessed
union all
select 'M3' as indicator_id, area_id, year, value, 'risk_grade.problem' as source_table from due
