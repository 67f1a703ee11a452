-- What becomes of the items: how many of each change of frequency, and what it costs.
select
    cast(
        row_number() over (
            order by min(label.sort_no) asc nulls last, min(current_label.sort_no) asc nulls last,
                min(planned_label.sort_no) asc nulls last, plan.current_frequency asc nulls last, plan.frequency asc nulls last
        ) as integer
    ) as row_no,
    plan.change as change_code,
    plan.current_frequency as current_frequency_code,
    plan.frequency as frequency_code,
    {{ code_word('plan.change', 'plan_change') }} as change,
    coalesce(min(current_label.label_cn), '未测') as current_frequency,
    coalesce(min(planned_label.label_cn), '不再监测') as frequency,
    cast(count(distinct plan.site_id) as integer) as site_count,
    cast(count(*) as integer) as item_count,
    cast(count(case when plan.frequency is not null and plan.cost_yuan_a is null then 1 end) as integer) as unpriced_count,
    coalesce({{ exact_sum('plan.current_cost_yuan_a') }}, 0) / 10000 as current_cost_wan,
    coalesce({{ exact_sum('plan.cost_yuan_a') }}, 0) / 10000 as cost_wan,
    (coalesce({{ exact_sum('plan.cost_yuan_a') }}, 0) - coalesce({{ exact_sum('plan.current_cost_yuan_a') }}, 0)) / 10000
        as difference_wan
from {{ ref('monitoring_plan') }} as plan
left join {{ ref('code_label') }} as label on label.code_set = 'plan_change' and label.code = plan.change
left join {{ ref('code_label') }} as current_label
    on current_label.code_set = 'frequency' and current_label.code = plan.current_frequency
left join {{ ref('code_label') }} as planned_label
    on planned_label.code_set = 'frequency' and planned_label.code = plan.frequency
group by plan.change, plan.current_frequency, plan.frequency
