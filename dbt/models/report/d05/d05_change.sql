-- What becomes of the items: how many of each change of frequency, and what it costs.
with

summed as (
    select
        plan.change,
        plan.current_frequency,
        plan.frequency,
        min(label.sort_no) as change_order,
        min(current_label.sort_no) as current_order,
        min(planned_label.sort_no) as planned_order,
        coalesce(min(current_label.label_cn), '未测') as current_word,
        coalesce(min(planned_label.label_cn), '不再监测') as planned_word,
        cast(count(distinct plan.site_id) as integer) as site_count,
        cast(count(*) as integer) as item_count,
        cast(count(case when plan.frequency is not null and plan.cost_yuan_a is null then 1 end) as integer) as unpriced_count,
        {{ known_cost_wan('plan.current_frequency', 'plan.current_cost_yuan_a') }} as current_cost_wan,
        {{ known_cost_wan('plan.frequency', 'plan.cost_yuan_a') }} as cost_wan
    from {{ ref('monitoring_plan') }} as plan
    left join {{ ref('code_label') }} as label on label.code_set = 'plan_change' and label.code = plan.change
    left join {{ ref('code_label') }} as current_label
        on current_label.code_set = 'frequency' and current_label.code = plan.current_frequency
    left join {{ ref('code_label') }} as planned_label
        on planned_label.code_set = 'frequency' and planned_label.code = plan.frequency
    group by plan.change, plan.current_frequency, plan.frequency
)

select
    cast(
        row_number() over (
            order by change_order asc nulls last, current_order asc nulls last, planned_order asc nulls last
        ) as integer
    ) as row_no,
    summed.change as change_code,
    summed.current_frequency as current_frequency_code,
    summed.frequency as frequency_code,
    {{ code_word('summed.change', 'plan_change') }} as change,
    summed.current_word as current_frequency,
    summed.planned_word as frequency,
    summed.site_count,
    summed.item_count,
    summed.unpriced_count,
    summed.current_cost_wan,
    summed.cost_wan,
    summed.cost_wan - summed.current_cost_wan as difference_wan
from summed
