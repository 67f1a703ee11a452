{# The plan line by line: substances of one site that are measured equally often by the same body are one line, with their methods. On
   paper stand the changes of the environment and of red and orange sources; the workbook holds all. #}
with

item as (
    select
        plan.*,
        coalesce(substance.name_cn, plan.pollutant_id) as pollutant
    from {{ ref('monitoring_plan') }} as plan
    left join {{ ref('dim_pollutant') }} as substance on substance.pollutant_id = plan.pollutant_id
),

line as (
    select
        site_id,
        frequency,
        current_frequency,
        change,
        responsible,
        min(grade) as grade,
        max(samples_per_period) as samples_per_period,
        {{ listagg_text('pollutant', '、') }} as pollutants,
        nullif({{ list_text(list_agg_distinct('method_code'), '、') }}, '') as methods,
        {{ list_text(list_agg_distinct('reason'), '；') }} as reason,
        min(starts) as starts,
        cast(count(*) as integer) as item_count,
        {{ exact_sum('cost_yuan_a') }} / 10000 as cost_wan,
        {{ exact_sum('current_cost_yuan_a') }} / 10000 as current_cost_wan
    from item
    group by site_id, frequency, current_frequency, change, responsible
),

marked as (
    select
        line.*,
        site.site_no,
        site.name,
        site.medium,
        site.row_no as site_row_no,
        line.change <> 'retained' as is_changed,
        line.change <> 'retained'
        and (site.medium_code not in ('waste_gas', 'waste_water') or coalesce(line.grade <= 2, false)) as is_printed
    from line
    inner join {{ ref('d05_site') }} as site on site.site_id = line.site_id
)

select
    cast(
        row_number() over (
            order by marked.is_printed desc nulls last, marked.is_changed desc nulls last, marked.site_row_no asc nulls last,
                label.sort_no asc nulls last, marked.pollutants asc nulls last, marked.responsible asc nulls last
        ) as integer
    ) as row_no,
    marked.site_id,
    marked.site_no,
    marked.name,
    marked.medium,
    marked.pollutants,
    marked.item_count,
    coalesce({{ code_word('marked.current_frequency', 'frequency') }}, '未测') as current_frequency,
    coalesce({{ code_word('marked.frequency', 'frequency') }}, '不再监测') as frequency,
    marked.samples_per_period,
    marked.methods,
    marked.responsible,
    case when marked.frequency is not null then marked.starts end as starts,
    marked.current_cost_wan,
    marked.cost_wan,
    marked.change as change_code,
    {{ code_word('marked.change', 'plan_change') }} as change,
    marked.is_changed,
    marked.is_printed,
    marked.reason
from marked
left join {{ ref('code_label') }} as label on label.code_set = 'plan_change' and label.code = marked.change
