-- What happened to each application after the review: notice, objection, payment, recheck, recovery, and what the rules say against it.
with

steps as (
    select
        application_id,
        min(case when step = 'notice' then happened_at end) as notice_at,
        max(notice_ends_at) as notice_ends_at,
        min(case when step = 'objection' then happened_at end) as objection_at,
        min(case when step = 'payment' then happened_at end) as first_paid_at,
        max(case when step = 'payment' then happened_at end) as last_paid_at,
        {{ exact_sum("case when step = 'payment' then amount_yuan end") }} as paid_yuan,
        max(case when step = 'recheck' then happened_at end) as recheck_at,
        {{ exact_sum("case when step = 'recovery' then amount_yuan end") }} as recovered_yuan
    from {{ ref('fund_event') }}
    group by application_id
),

told as (
    select distinct event.application_id, label.label_cn, label.sort_no
    from {{ ref('fund_event') }} as event
    inner join {{ ref('code_label') }} as label
        on label.code_set = 'fund_fault' and {{ list_has('event.reason_codes', 'label.code') }}
),

faults as (
    select application_id, {{ listagg_text('label_cn', '；', 'sort_no') }} as faults
    from told
    group by application_id
)

select
    cast(row_number() over (order by steps.application_id asc nulls last) as integer) as row_no,
    steps.application_id,
    award.award_yuan,
    steps.notice_at,
    steps.notice_ends_at,
    steps.objection_at,
    steps.first_paid_at,
    steps.last_paid_at,
    steps.paid_yuan,
    steps.recheck_at,
    steps.recovered_yuan,
    {# what was recovered is not owed any more #}
    case when steps.recovered_yuan is null then greatest(award.award_yuan - coalesce(steps.paid_yuan, 0), 0) end as unpaid_yuan,
    faults.faults
from steps
left join {{ ref('fund_award') }} as award on award.application_id = steps.application_id
left join faults on faults.application_id = steps.application_id
