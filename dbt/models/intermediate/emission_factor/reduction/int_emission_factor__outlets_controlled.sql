-- What graded sources release of each substance in the assessed year by outlet and stage (`int_inventory__emissions_linked`), with the
-- process and the share that passes what stands there now: 1 where no register tells of a device, null where one is told of and not how
-- much it takes. Storage and loading by formula fall to the tanks and loading places that they were computed for.
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
    linked.enterprise_id,
    linked.outlet_id,
    coalesce(assigned.process_id, site_process.process_id) as process_id,
    linked.stage,
    linked.medium,
    linked.pollutant_id,
    linked.emission_kg * coalesce(placed.share, 1) as emission_kg,
    case
        when placed.enterprise_id is not null then placed.pass_share
        when own.outlet_id is not null then own.pass_share
        when general.outlet_id is not null then general.pass_share
        else 1
    end as pass_share,
    placed.standing_technology_id
from {{ ref('int_inventory__emissions_linked') }} as linked
inner join {{ ref('source_grade') }} as grade on grade.enterprise_id = linked.enterprise_id
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = linked.pollutant_id and not pollutant.is_group
left join assigned on assigned.outlet_id = linked.outlet_id
left join site_process on site_process.enterprise_id = linked.enterprise_id
left join
    {{ ref('int_emission_factor__stages_controlled') }} as placed
    on
        linked.is_fugitive
        and placed.enterprise_id = linked.enterprise_id
        and placed.stage = linked.stage
        and placed.pollutant_id = linked.pollutant_id
left join
    {{ ref('int_emission_factor__outlets_treated') }} as own
    on own.outlet_id = linked.outlet_id and own.pollutant_id = linked.pollutant_id
left join
    {{ ref('int_emission_factor__outlets_treated') }} as general
    on general.outlet_id = linked.outlet_id and general.pollutant_id = 'all'
where linked.outlet_kind in ('stack', 'fugitive') or (linked.outlet_kind = 'waste_water' and linked.medium = 'water')
