{# Values of indicators that the marts of exposure hold: R1, R2 and Q4 of the zone, R6 and I6 of each park and the zone. #}
with

areas as (
    select area_id, area_kind from {{ ref('int_green_index__areas_rated') }} where area_kind in ('area', 'park')
),

assessed as (
    select cast(assessment_year as integer) as year from {{ ref('int_inventory__assessment_year_chosen') }}
),

{# people of unknown risk are neither above the line nor below it #}
people as (
    select
        area_id,
        100 * population_over_1e5 / nullif(population - coalesce(population_cancer_unknown, 0), 0) as value
    from {{ ref('population_burden') }}
    where population_group = 'resident_life'
),

organs as (
    select max(hazard_index) as value
    from {{ ref('health_risk_organ') }}
    where place_id like 'R:%' and population_group like 'resident%'
),

{# volatile: at least 10 Pa at 25 °C, the line of 0.01 kPa in Chinese rules on VOCs #}
volatile as (
    select max(risk.hazard_quotient) as value
    from {{ ref('health_risk') }} as risk
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = risk.pollutant_id
    where
        risk.place_kind = 'receptor' and risk.route = 'inhalation' and risk.population_group like 'resident%'
        and pollutant.vapour_pressure_pa >= 10
),

online as (
    select
        site.site_id,
        enterprise.enterprise_id,
        enterprise.park_id
    from {{ ref('dim_monitoring_site') }} as site
    inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = site.enterprise_id
    where site.medium in ('waste_gas', 'waste_water') and coalesce(site.site_role, '') <> 'inlet'
),

exceeded as (
    select site_id, pollutant_id, year, {{ exact_sum('hours') }} as hours
    from {{ ref('exceedance') }}
    where averaging_time = '1h' and qc_level <> 'C'
    group by site_id, pollutant_id, year
),

captured as (
    select site_id, pollutant_id, year, {{ exact_sum('valid_hours') }} as hours
    from {{ ref('monitoring_capture') }}
    group by site_id, pollutant_id, year
),

hours as (
    select
        areas.area_id,
        captured.year,
        100 * coalesce({{ exact_sum('exceeded.hours') }}, 0) / nullif({{ exact_sum('captured.hours') }}, 0) as value
    from captured
    inner join online on online.site_id = captured.site_id
    inner join areas on areas.area_kind = 'area' or areas.area_id = online.park_id
    left join exceeded
        on exceeded.site_id = captured.site_id
        and exceeded.pollutant_id = captured.pollutant_id
        and exceeded.year = captured.year
    group by areas.area_id, captured.year
),

jobs as (
    select
        measured.place_id,
        measured.job,
        measured.tested_year as year,
        site.park_id,
        max(measured.exposure_ratio) as ratio
    from {{ ref('occupational') }} as measured
    left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = measured.enterprise_id
    where measured.exposure_ratio is not null
    group by measured.place_id, measured.job, measured.tested_year, site.park_id
),

posts as (
    select
        areas.area_id,
        jobs.year,
        100.0 * count(case when jobs.ratio >= 0.5 then 1 end) / count(*) as value
    from jobs
    inner join areas on areas.area_kind = 'area' or areas.area_id = jobs.park_id
    group by areas.area_id, jobs.year
)

select 'R1' as indicator_id, people.area_id, assessed.year, people.value, 'exposure.population_burden' as source_table
from people
inner join areas on areas.area_id = people.area_id
cross join assessed
union all
select 'R2' as indicator_id, areas.area_id, assessed.year, organs.value, 'exposure.health_risk_organ' as source_table
from organs
cross join areas
cross join assessed
where areas.area_kind = 'area'
union all
select 'Q4' as indicator_id, areas.area_id, assessed.year, volatile.value, 'exposure.health_risk' as source_table
from volatile
cross join areas
cross join assessed
where areas.area_kind = 'area'
union all
select 'R6' as indicator_id, area_id, cast(year as integer) as year, value, 'exposure.exceedance' as source_table from hours
union all
select 'I6' as indicator_id, area_id, cast(year as integer) as year, value, 'exposure.occupational' as source_table from posts
