-- Who measures what, and what it costs today and after the plan.
with

summed as (
    select
        coalesce(plan.responsible, '未注明') as responsible,
        cast(count(distinct case when plan.current_frequency is not null then plan.site_id end) as integer) as current_site_count,
        cast(count(distinct case when plan.frequency is not null then plan.site_id end) as integer) as site_count,
        cast(count(plan.current_frequency) as integer) as current_item_count,
        cast(count(plan.frequency) as integer) as item_count,
        cast(count(case when plan.frequency is not null and plan.cost_yuan_a is null then 1 end) as integer) as unpriced_count,
        {{ known_cost_wan('plan.current_frequency', 'plan.current_cost_yuan_a') }} as current_cost_wan,
        {{ known_cost_wan('plan.frequency', 'plan.cost_yuan_a') }} as cost_wan
    from {{ ref('monitoring_plan') }} as plan
    group by coalesce(plan.responsible, '未注明')
)

select
    cast(row_number() over (order by cost_wan desc nulls last, responsible asc nulls last) as integer) as row_no,
    responsible,
    current_site_count,
    site_count,
    current_item_count,
    item_count,
    unpriced_count,
    current_cost_wan,
    cost_wan,
    cost_wan - current_cost_wan as difference_wan
from summed
