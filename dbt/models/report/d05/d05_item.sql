{# Substances of the plan by medium: where, how often, by which method and whether it sees enough, by whom, for how much. #}
with

counted as (
    select
        site.medium as medium_code,
        plan.pollutant_id,
        cast(count(distinct plan.site_id) as integer) as site_count,
        {{ list_text(list_agg_distinct(to_text('label.sort_no') ~ " || label.label_cn"), '、') }} as frequency_list,
        min(plan.method_code) as method_code,
        min(plan.method_verified) as method_verified,
        min(plan.detection_limit_ratio) as detection_limit_ratio,
        {{ list_text(list_agg_distinct('plan.responsible'), '、') }} as responsible,
        {{ exact_sum('plan.cost_yuan_a') }} / 10000 as cost_wan
    from {{ ref('monitoring_plan') }} as plan
    inner join {{ ref('monitoring_network') }} as site on site.site_id = plan.site_id
    inner join {{ ref('code_label') }} as label on label.code_set = 'frequency' and label.code = plan.frequency
    group by site.medium, plan.pollutant_id
)

select
    cast(
        row_number() over (
            order by medium.sort_no asc nulls last, counted.site_count desc nulls last, counted.pollutant_id asc nulls last
        ) as integer
    ) as row_no,
    counted.medium_code,
    counted.pollutant_id,
    {{ code_word('counted.medium_code', 'medium_of_environment') }} as medium,
    coalesce(substance.name_cn, counted.pollutant_id) as pollutant,
    substance.cas_no,
    counted.site_count,
    {{ regexp_replace_all('counted.frequency_list', '[0-9]') }} as frequencies,
    counted.method_code || case when counted.method_verified = 'yes' then '' else '（待核）' end as method,
    100 * counted.detection_limit_ratio as detection_limit_pct,
    counted.responsible,
    counted.cost_wan,
    case
        when counted.method_code is null then '本方案方法库未收录'
        when counted.detection_limit_ratio is null then '没有限值可比或者检出限未知'
        when counted.detection_limit_ratio > 0.25 then '检出限偏高'
    end as remark,
    coalesce(counted.detection_limit_ratio > 0.25, counted.method_code is null) as is_weak
from counted
left join {{ ref('dim_pollutant') }} as substance on substance.pollutant_id = counted.pollutant_id
left join {{ ref('code_label') }} as medium on medium.code_set = 'medium_of_environment' and medium.code = counted.medium_code
