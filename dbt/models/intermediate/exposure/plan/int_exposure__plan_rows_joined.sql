-- What is measured today and what is asked for, side by side, with the new frequency: the more frequent of both. At a site that stops
-- nothing goes on; of one that moves all goes on at the site that takes its place. What is measured today and nobody asks for goes on, for
-- it has other reasons. Results raise or lower today's frequency too, but do not lower that of an enterprise's own sites, which its
-- permit states.
with

carried as (
    select
        network.moved_site_id as site_id,
        current_item.pollutant_id,
        current_item.frequency,
        current_item.unit_name,
        current_item._origin,
        label.sort_no as frequency_order
    from {{ ref('int_exposure__plan_current_listed') }} as current_item
    inner join {{ ref('monitoring_network') }} as network on network.site_id = current_item.site_id
    inner join {{ ref('code_label') }} as label on label.code_set = 'frequency' and label.code = current_item.frequency
    where network.is_existing and network.action = 'move' and network.moved_site_id is not null
    qualify
        row_number() over (
            partition by network.moved_site_id, current_item.pollutant_id
            order by label.sort_no asc nulls last, current_item.site_id asc nulls last
        ) = 1
),

wanted as (
    select
        coalesce(required.site_id, carried.site_id) as site_id,
        coalesce(required.pollutant_id, carried.pollutant_id) as pollutant_id,
        coalesce(carried.frequency_order < asked.sort_no, required.site_id is null) as is_carried,
        required.frequency,
        required.chain_role,
        required.grade,
        required.enterprise_id,
        required.reason,
        required.rule_id,
        required.samples_per_period,
        required.is_raised,
        required.is_lowered
    from {{ ref('int_exposure__plan_items_required') }} as required
    left join {{ ref('code_label') }} as asked on asked.code_set = 'frequency' and asked.code = required.frequency
    full outer join carried on carried.site_id = required.site_id and carried.pollutant_id = required.pollutant_id
),

required as (
    select
        wanted.site_id,
        wanted.pollutant_id,
        wanted.chain_role,
        wanted.grade,
        wanted.enterprise_id,
        case when wanted.is_carried then carried.frequency else wanted.frequency end as frequency,
        case when wanted.is_carried then 'MOVED' else wanted.reason end as reason,
        case when not wanted.is_carried then wanted.rule_id end as rule_id,
        case when not wanted.is_carried then wanted.samples_per_period end as samples_per_period,
        not wanted.is_carried and coalesce(wanted.is_raised, false) as is_raised,
        not wanted.is_carried and coalesce(wanted.is_lowered, false) as is_lowered,
        carried.unit_name,
        carried._origin
    from wanted
    left join carried
        on wanted.is_carried and carried.site_id = wanted.site_id and carried.pollutant_id = wanted.pollutant_id
),

item as (
    select
        coalesce(required.site_id, current_item.site_id) as site_id,
        coalesce(required.pollutant_id, current_item.pollutant_id) as pollutant_id,
        current_item.frequency as current_frequency,
        coalesce(current_item.unit_name, required.unit_name) as unit_name,
        current_item.valid_from,
        coalesce(current_item._origin, required._origin) as _origin,
        required.frequency as asked_frequency,
        required.chain_role,
        required.grade,
        required.enterprise_id,
        required.reason,
        required.rule_id,
        required.samples_per_period,
        coalesce(required.is_raised, false) as is_raised,
        coalesce(required.is_lowered, false) as is_lowered
    from required
    full outer join {{ ref('int_exposure__plan_current_listed') }} as current_item
        on current_item.site_id = required.site_id and current_item.pollutant_id = required.pollutant_id
),

placed as (
    select
        item.*,
        network.site_id is not null and not (network.action in ('stop', 'move') and network.is_existing) as goes_on,
        network.medium,
        network.site_role,
        network.action,
        network.enterprise_id as site_enterprise_id,
        standing.sort_no as standing_order,
        case
            when item.current_frequency = 'continuous' then 0
            when judged.is_raised then -1
            when judged.is_lowered and network.enterprise_id is null then 1
            else 0
        end as standing_step
    from item
    left join {{ ref('monitoring_network') }} as network on network.site_id = item.site_id
    left join {{ ref('code_label') }} as standing on standing.code_set = 'frequency' and standing.code = item.current_frequency
    left join {{ ref('int_exposure__plan_results_judged') }} as judged
        on judged.site_id = item.site_id and judged.pollutant_id = item.pollutant_id
)

select
    placed.site_id,
    placed.pollutant_id,
    placed.current_frequency,
    placed.unit_name,
    placed.valid_from,
    placed._origin,
    placed.asked_frequency,
    placed.chain_role,
    placed.grade,
    placed.enterprise_id,
    placed.reason,
    placed.rule_id,
    placed.samples_per_period,
    (placed.is_raised or (moved.code is not null and placed.standing_step = -1)) and placed.goes_on as is_raised,
    (placed.is_lowered or (moved.code is not null and placed.standing_step = 1)) and placed.goes_on as is_lowered,
    placed.medium,
    placed.site_role,
    placed.action,
    placed.site_enterprise_id,
    case
        when not placed.goes_on then null
        when coalesce(asked.sort_no < coalesce(moved.sort_no, placed.standing_order), placed.current_frequency is null)
            then placed.asked_frequency
        else coalesce(moved.code, placed.current_frequency)
    end as frequency
from placed
left join {{ ref('code_label') }} as asked on asked.code_set = 'frequency' and asked.code = placed.asked_frequency
left join {{ ref('code_label') }} as moved
    on
        moved.code_set = 'frequency' and moved.code <> 'continuous' and placed.standing_step <> 0
        and moved.sort_no = placed.standing_order + placed.standing_step
