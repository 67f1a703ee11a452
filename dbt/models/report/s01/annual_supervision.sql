{# The list of what is urged (督办清单): deliverables that are late or at risk, with who answers for them and the last time
   anybody was urged. #}
with

urged as (
    select
        event.deliverable_id,
        cast(count(*) as integer) as urged_count,
        max(event.held_at) as last_urged_at,
        cast(count(case when not event.is_closed then 1 end) as integer) as open_count
    from {{ ref('mechanism_event') }} as event
    where event.kind = 'supervision'
    group by event.deliverable_id
)

select
    cast(
        row_number() over (
            order by
                case annual.light when '红灯' then 0 else 1 end asc nulls last,
                annual.days_overdue desc nulls last,
                annual.due asc nulls last,
                annual.deliverable_id asc nulls last
        ) as integer
    ) as row_no,
    annual.deliverable_id,
    annual.name_cn,
    annual.lead,
    unit.supports,
    annual.light,
    annual.due,
    annual.progress_pct,
    coalesce(annual.risk, annual.timeliness) as matter,
    annual.delay_reason,
    annual.next_step,
    coalesce(urged.urged_count, 0) as urged_count,
    urged.last_urged_at,
    coalesce(urged.open_count, 0) as open_count
from {{ ref('annual_deliverable') }} as annual
left join {{ ref('annual_unit') }} as unit
    on unit.object_kind_code = 'deliverable' and unit.object_id = annual.deliverable_id
left join urged on urged.deliverable_id = annual.deliverable_id
where annual.light in ('红灯', '黄灯')
