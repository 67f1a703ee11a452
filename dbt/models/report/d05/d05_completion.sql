-- How far the present scheme was carried out, by quarter and by who measures.
with

done as (
    select
        completion.period,
        coalesce(plan.responsible, '未注明') as responsible,
        cast(sum(completion.planned) as integer) as planned,
        cast(sum(completion.done) as integer) as done,
        cast(sum(completion.valid) as integer) as valid,
        cast(sum(completion.late) as integer) as late
    from {{ ref('monitoring_completion') }} as completion
    left join {{ ref('monitoring_plan') }} as plan
        on plan.site_id = completion.site_id and plan.pollutant_id = completion.pollutant_id
    group by completion.period, coalesce(plan.responsible, '未注明')
)

select
    cast(row_number() over (order by period asc nulls last, responsible asc nulls last) as integer) as row_no,
    period as period_code,
    substr(period, 1, 4) || '年第' || substr(period, 6, 1) || '季度' as period,
    responsible,
    planned,
    done,
    valid,
    late,
    100.0 * done / nullif(planned, 0) as done_pct,
    100.0 * valid / nullif(planned, 0) as valid_pct
from done
