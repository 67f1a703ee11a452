-- Sites whose series say the same, and existing ones that are given up, with what is lost and which substances of today neither they nor
-- the site that stands for them measure.
with

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
    left join {{ ref('monitoring_plan') }} as there
        on there.site_id = network.moved_site_id and there.pollutant_id = plan.pollutant_id and there.frequency is not null
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
