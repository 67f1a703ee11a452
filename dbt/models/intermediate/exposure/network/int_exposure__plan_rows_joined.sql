-- What is measured today and what is asked for, side by side, with the new frequency: the more frequent of both. At a site that stops or
-- moves nothing goes on; what is measured today and nobody asks for goes on, for it has other reasons.
with

item as (
    select
        coalesce(required.site_id, current_item.site_id) as site_id,
        coalesce(required.pollutant_id, current_item.pollutant_id) as pollutant_id,
        current_item.frequency as current_frequency,
        current_item.unit_name,
        current_item.valid_from,
        current_item._origin,
        required.frequency as asked_frequency,
        required.chain_role,
        required.grade,
        required.enterprise_id,
        required.reason,
        required.rule_id,
        required.samples_per_period,
        coalesce(required.is_raised, false) as is_raised
    from {{ ref('int_exposure__plan_items_required') }} as required
    full outer join {{ ref('int_exposure__plan_current_listed') }} as current_item
        on current_item.site_id = required.site_id and current_item.pollutant_id = required.pollutant_id
)

select
    item.*,
    network.medium,
    network.site_role,
    network.action,
    network.enterprise_id as site_enterprise_id,
    case
        when network.action in ('stop', 'move') and network.is_existing then null
        when network.site_id is null then null
        when asked.sort_no < standing.sort_no or standing.sort_no is null then item.asked_frequency
        else item.current_frequency
    end as frequency
from item
left join {{ ref('monitoring_network') }} as network on network.site_id = item.site_id
left join {{ ref('code_label') }} as standing on standing.code_set = 'frequency' and standing.code = item.current_frequency
left join {{ ref('code_label') }} as asked on asked.code_set = 'frequency' and asked.code = item.asked_frequency
