-- The conceptual model: every chain from source to people, and whether this edition can follow it. Excluded: left out by the method, no
-- such source in the inventory, or nobody to reach; complete: the medium that people meet is modelled or measured away from background;
-- potential: everything else. Where no register holds a source, its absence proves nothing.
with

released as (
    select distinct
        case when outlet.outlet_kind in ('site', 'unknown') then 'site' else outlet.outlet_kind end as source_kind,
        emission.medium as release_medium
    from {{ ref('emission') }} as emission
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
    left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = emission.outlet_id
    where emission.emission_t > 0
),

people as (
    select distinct
        case
            when place_kind = 'workshop' then 'worker'
            when counts_residents then 'resident'
            when receptor_kind in ('school', 'kindergarten') then 'student'
            when place_kind = 'receptor' then 'resident'
        end as people_kind
    from {{ ref('int_exposure__places_united') }}
    where people > 0
),

modelled as (
    select distinct medium from {{ ref('modelled_concentration') }} where concentration > 0
),

measured as (
    select distinct medium from {{ ref('int_exposure__site_means_chosen') }} where coalesce(site_role, '') <> 'background'
    union
    select 'workplace_air' as medium from {{ ref('stg_monitoring__workplaces') }} where twa is not null
),

chain as (
    select
        pathway_chain.*,
        released.source_kind is not null as has_source,
        people.people_kind is not null as has_people,
        modelled.medium is not null as is_modelled,
        measured.medium is not null as is_measured
    from {{ seed_rows('pathway_chain') }} as pathway_chain
    left join released
        on released.source_kind = pathway_chain.source_kind and released.release_medium = pathway_chain.release_medium
    left join people on people.people_kind = pathway_chain.people_kind
    left join modelled on modelled.medium = pathway_chain.environment_medium
    left join measured on measured.medium = pathway_chain.environment_medium
)

select
    chain.source_kind,
    chain.release_medium,
    chain.transport,
    chain.receptor_kind,
    chain.route,
    case
        when chain.excluded_reason is not null then 'excluded'
        when not chain.has_source and chain.source_register = 'inventory' then 'excluded'
        when not chain.has_people then 'excluded'
        when chain.is_modelled or chain.is_measured then 'complete'
        else 'potential'
    end as state,
    case
        when chain.excluded_reason is not null then chain.excluded_reason
        when not chain.has_source and chain.source_register = 'inventory'
            then 'no such source releases to this medium; 清单中没有此类排放'
        when not chain.has_people then 'nobody to reach is known; 没有已知受体'
        when chain.is_modelled and chain.is_measured then 'modelled and measured; 有模拟也有监测'
        when chain.is_modelled then 'modelled; 有模拟'
        when chain.is_measured then 'measured; 有监测'
        when not chain.has_source then 'no register holds this source, and nothing is measured; 无登记且无监测，不能排除'
        else 'source known, medium neither modelled nor measured; 有排放而介质未模拟也未监测'
    end as reason,
    case
        when chain.excluded_reason is not null or not chain.has_people then null
        when not chain.has_source and chain.source_register = 'inventory' then null
        when chain.is_modelled then 'exposure.modelled_concentration'
        when chain.is_measured and chain.environment_medium = 'workplace_air' then 'exposure.occupational'
        when chain.is_measured then 'exposure.monitoring_summary'
    end as quantified_by,
    chain.environment_medium,
    chain.people_kind,
    {{ origin_seed('pathway_chain', 'chain', [
        'source_kind', 'release_medium', 'transport', 'receptor_kind', 'route', 'environment_medium', 'people_kind'
    ]) }} as _origin
from chain
