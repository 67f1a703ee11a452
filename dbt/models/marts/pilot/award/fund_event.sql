{# Steps of applications in the order in which they happened, and what the rules say against each: paid before the notice ended, to somebody
   who is not eligible or has no award, more than the award, more or less than the first share before the recheck; recovered more than was
   paid, or from an award against which nothing is known: no veto, no gate that is not passed, nothing paid beyond it or too early.
   What happened after the award (the fact incident_after_award) takes it back and does not make its payment wrong. #}
with

first_share as (
    select value as share
    from {{ ref('int_core__parameter_values_chosen') }}
    where parameter_id = 'fund.first_payment_share'
),

{# whether anything but that stands against an application #}
barred as (
    select
        object_id as application_id,
        bool_or(fact <> 'incident_after_award') as is_barred
    from {{ ref('int_pilot__objects_scored') }}
    where rule_set like 'fund%' and kind in ('gate', 'veto') and not passed
    group by object_id
),

summed as (
    select
        step.*,
        row_number() over (partition by application_id order by happened_on asc nulls last, step asc nulls last) as step_no,
        {{ exact_sum_over("case when step = 'payment' then amount_yuan end",
            'partition by application_id order by happened_on asc nulls last, step asc nulls last rows between unbounded preceding and current row') }}
        as paid_yuan,
        {{ exact_sum_over("case when step = 'recovery' then amount_yuan end",
            'partition by application_id order by happened_on asc nulls last, step asc nulls last rows between unbounded preceding and current row') }}
        as recovered_yuan,
        count(case when step = 'recheck' then 1 end) over (
            partition by application_id
            order by happened_on asc nulls last, step asc nulls last rows between unbounded preceding and current row
        ) as rechecks,
        min(case when step = 'payment' then happened_on end) over (partition by application_id) as first_paid_on
    from {{ ref('int_pilot__fund_steps_read') }} as step
)

select
    summed.application_id,
    summed.step,
    summed.happened_on as happened_at,
    summed.amount_yuan,
    cast(summed.step_no as integer) as step_no,
    summed.paid_yuan,
    summed.recovered_yuan,
    ended.ends_at as notice_ends_at,
    {{ list_distinct_of([
        "case when not summed.is_step_known then 'STEP-UNKNOWN' end",
        "case when award.application_id is null then 'APPLICATION-UNKNOWN' end",
        "case when summed.step = 'payment' and coalesce(summed.happened_on <= ended.ends_at, true) then 'PAID-UNNOTICED' end",
        "case when summed.step = 'payment' and not award.eligible and coalesce(barred.is_barred, true) then 'PAID-NOT-ELIGIBLE' end",
        "case when summed.step = 'payment' and award.eligible and award.award_yuan > 0 and summed.paid_yuan > award.award_yuan "
        ~ "then 'PAID-OVER-AWARD' end",
        "case when summed.step = 'payment' and award.eligible and award.award_yuan = 0 and summed.amount_yuan > 0 then 'PAID-NO-AWARD' end",
        "case when summed.step = 'payment' and award.eligible and summed.rechecks = 0 and summed.paid_yuan <= award.award_yuan "
        ~ "and summed.paid_yuan > first_share.share * award.award_yuan + 0.5 then 'PAID-OVER-FIRST' end",
        "case when summed.step = 'payment' and award.eligible and summed.rechecks = 0 "
        ~ "and summed.paid_yuan < first_share.share * award.award_yuan - 0.5 then 'PAID-UNDER-FIRST' end",
        "case when summed.step = 'recovery' and summed.recovered_yuan > coalesce(summed.paid_yuan, 0) then 'RECOVERED-OVER-PAID' end",
        "case when summed.step = 'recovery' and award.eligible and coalesce(summed.paid_yuan, 0) <= award.award_yuan "
        ~ "and coalesce(summed.first_paid_on > ended.ends_at, false) then 'RECOVERED-NO-REASON' end",
    ]) }} as reason_codes,
    summed._origin
from summed
cross join first_share
left join {{ ref('fund_award') }} as award on award.application_id = summed.application_id
left join barred on barred.application_id = summed.application_id
left join {{ ref('int_pilot__notices_ended') }} as ended on ended.application_id = summed.application_id
