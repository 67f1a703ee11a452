-- The network today and after the plan, medium by medium: sites and what becomes of them, items, cost of sampling and analysis.
with

summed as (
    select
        coalesce(medium_code, '') as medium_code,
        coalesce(min(medium), '介质不明') as medium,
        cast(count(case when is_existing then 1 end) as integer) as existing_count,
        cast(count(case when action_code = 'keep' then 1 end) as integer) as kept_count,
        cast(count(case when action_code = 'add' then 1 end) as integer) as added_count,
        cast(count(case when action_code = 'move' and not is_existing then 1 end) as integer) as moved_count,
        cast(count(case when action_code = 'stop' then 1 end) as integer) as stopped_count,
        cast(count(case when is_selected then 1 end) as integer) as planned_count,
        cast(sum(current_item_count) as integer) as current_item_count,
        cast(sum(item_count) as integer) as item_count,
        cast(sum(unpriced_count) as integer) as unpriced_count,
        {{ exact_sum('current_cost_wan') }} as current_cost_wan,
        {{ exact_sum('cost_wan') }} as cost_wan,
        {{ exact_sum('online_cost_wan') }} as online_cost_wan
    from {{ ref('d05_site') }}
    group by coalesce(medium_code, '')
)

select
    cast(row_number() over (order by label.sort_no asc nulls last, summed.medium_code asc nulls last) as integer) as row_no,
    summed.*,
    summed.cost_wan - summed.current_cost_wan as difference_wan
from summed
left join {{ ref('code_label') }} as label on label.code_set = 'medium_of_environment' and label.code = summed.medium_code
