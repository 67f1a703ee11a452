-- Sites whose series say the same, and existing ones that are given up, with what is lost and which substances of today no site of ambient
-- air measures after the plan as near as a site may speak for a place. Items of a site that moves go with it.
with

reach as (
    select max({{ try_double("case when parameter_id = 'network.reach_m' then value end") }}) as reach_m
    from {{ ref('parameter_used') }}
),

planned as (
    select
        plan.pollutant_id,
        network.site_id,
        network.longitude,
        network.latitude
    from {{ ref('monitoring_plan') }} as plan
    inner join {{ ref('monitoring_network') }} as network on network.site_id = plan.site_id
    where plan.frequency is not null and network.medium = 'ambient_air'
),

twin as (
    select
        network.site_id,
        {{ unnest_list('network.redundant_with') }} as other_site_id
    from {{ ref('monitoring_network') }} as network
),

twins as (
    select
        twin.site_id,
        {{ listagg_text('coalesce(site.name, site.site_no)', '、') }} as twin_names
    from twin
    inner join {{ ref('d05_site') }} as site on site.site_id = twin.other_site_id
    group by twin.site_id
),

dropped as (
    select
        plan.site_id,
        {{ listagg_text('coalesce(substance.name_cn, plan.pollutant_id)', '、') }} as dropped_pollutants
    from {{ ref('monitoring_plan') }} as plan
    inner join {{ ref('monitoring_network') }} as network on network.site_id = plan.site_id
    cross join reach
    left join planned as there
        on
            there.pollutant_id = plan.pollutant_id
            and (
                there.site_id = network.moved_site_id
                or sqrt(
                    power((there.longitude - network.longitude) * cos(radians(network.latitude)) * 111320, 2)
                    + power((there.latitude - network.latitude) * 110574, 2)
                ) <= reach.reach_m
            )
    left join {{ ref('dim_pollutant') }} as substance on substance.pollutant_id = plan.pollutant_id
    where plan.current_frequency is not null and plan.frequency is null and there.site_id is null
    group by plan.site_id
)

select
    cast(
        row_number() over (order by site.action_code desc nulls last, site.row_no asc nulls last) as integer
    ) as row_no,
    network.site_id,
    site.site_no,
    site.name,
    site.site_role,
    site.action,
    100 * network.covers_share as alone_pct,
    100 * network.loss_if_stopped as loss_pct,
    twins.twin_names,
    moved.site_no as moved_site_no,
    dropped.dropped_pollutants
from {{ ref('monitoring_network') }} as network
inner join {{ ref('d05_site') }} as site on site.site_id = network.site_id
left join twins on twins.site_id = network.site_id
left join dropped on dropped.site_id = network.site_id
left join {{ ref('d05_site') }} as moved on moved.site_id = network.moved_site_id
where network.is_existing and (network.action in ('stop', 'move') or twins.site_id is not null)
