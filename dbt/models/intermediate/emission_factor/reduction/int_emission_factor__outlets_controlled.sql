-- What graded sources release of each substance in the assessed year by outlet and link of the control plan (stacks production,
-- releases without an outlet leaks, waste water), with the process and the share that passes the treatment that stands now: 1 where no
-- register tells of a device, null where one is told of and not how much it takes.
with

site_process as (
    select
        enterprise_id,
        min(process_id) as process_id
    from {{ ref('int_inventory__processes_recognised') }}
    group by enterprise_id
    having count(distinct process_id) = 1
),

assigned as (
    select distinct outlet_id, process_id from {{ ref('int_emission_factor__outlets_assigned') }}
    where not is_plant_level and share = 1
)

select
    emission.enterprise_id,
    emission.outlet_id,
    coalesce(assigned.process_id, site_process.process_id) as process_id,
    case
        when emission.medium = 'water' then 'waste_water'
        when outlet.outlet_kind = 'fugitive' then 'leaks'
        else 'production'
    end as stage,
    emission.medium,
    emission.pollutant_id,
    emission.emission_t * 1000 as emission_kg,
    case
        when own.outlet_id is not null then own.pass_share
        when general.outlet_id is not null then general.pass_share
        else 1
    end as pass_share
from {{ ref('emission') }} as emission
inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
inner join {{ ref('source_grade') }} as grade on grade.enterprise_id = emission.enterprise_id
inner join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = emission.outlet_id
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = emission.pollutant_id and not pollutant.is_group
left join assigned on assigned.outlet_id = emission.outlet_id
left join site_process on site_process.enterprise_id = emission.enterprise_id
left join
    {{ ref('int_emission_factor__outlets_treated') }} as own
    on own.outlet_id = emission.outlet_id and own.pollutant_id = emission.pollutant_id
left join
    {{ ref('int_emission_factor__outlets_treated') }} as general
    on general.outlet_id = emission.outlet_id and general.pollutant_id = 'all'
where
    emission.emission_t > 0
    and (outlet.outlet_kind in ('stack', 'fugitive') or (outlet.outlet_kind = 'waste_water' and emission.medium = 'water'))
