{# What red and orange sources are asked to measure on line: the items that the rule names where the source releases or may release them in
   that medium, else the first of its load; at one site a source, medium and link, at the source the outlet that brings the most. #}
with

load as (
    {{ loads_ranked(ref('int_risk_grade__releases_loaded')) }}
),

released as (
    select distinct emission.enterprise_id, emission.medium, emission.pollutant_id
    from {{ ref('emission') }} as emission
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
    where emission.permitted_t is not null or emission.emission_t > 0
),

outlet as (
    select
        outlet_id,
        {{ exact_sum('weighted_kg') }} as weighted_kg
    from {{ ref('int_risk_grade__outlet_loads_summed') }}
    group by outlet_id
),

placed as (
    select
        link.site_id,
        link.medium,
        link.chain_role,
        link.enterprise_id,
        link.grade,
        case when link.medium in ('surface_water', 'sea_water', 'waste_water') then 'water' else 'air' end as release_medium,
        row_number() over (
            partition by link.enterprise_id, link.medium, link.chain_role
            order by outlet.weighted_kg desc nulls last, link.site_id asc nulls last
        ) as place_no
    from {{ ref('int_exposure__plan_sites_linked') }} as link
    left join {{ ref('dim_monitoring_site') }} as site on site.site_id = link.site_id
    left join outlet on outlet.outlet_id = coalesce(site.outlet_id, substr(link.site_id, 3))
    where link.enterprise_id is not null
)

select
    placed.site_id,
    placed.medium,
    placed.chain_role,
    placed.grade,
    placed.enterprise_id,
    coalesce(released.pollutant_id, load.pollutant_id) as pollutant_id,
    rule.rule_id,
    rule.frequency
from placed
inner join {{ ref('monitoring_frequency_rule') }} as rule
    on
        rule.grade = placed.grade and rule.medium = placed.medium and rule.chain_role = placed.chain_role
        and rule.frequency = 'continuous' and rule.verified <> 'doubtful'
inner join {{ ref('monitoring_online_item') }} as item on item.rule_id = rule.rule_id and item.verified <> 'doubtful'
left join released
    on
        released.enterprise_id = placed.enterprise_id and released.medium = placed.release_medium
        and released.pollutant_id = item.pollutant_id
left join load
    on
        item.pollutant_id is null and load.place_no = 1 and load.enterprise_id = placed.enterprise_id
        and load.medium = placed.release_medium
where placed.place_no = 1 and (released.pollutant_id is not null or load.pollutant_id is not null)
