{# The closed loop by where a problem was found: what became of it, and how long that took. Issued is what somebody has taken up, which
   escalation by the calendar and an end by the rule are not; in rectification is what the last step on record says, overdue or not. Waiting,
   in rectification and closed add up to what was found. #}
{% set at_work = "'acknowledged', 'rectifying', 'submitted', 'verified'" %}
with

course as (
    select
        event.problem_id,
        bool_or(event.event <> 'detected' and (not event.is_inferred or problem.rule_id is null)) as is_issued,
        {{ value_at_max('event.status_after', 'event.event_no') }} as last_status
    from {{ ref('problem_event') }} as event
    inner join {{ ref('problem') }} as problem on problem.problem_id = event.problem_id
    where event.refusal is null
    group by event.problem_id
),

counted as (
    select
        problem.source as source_code,
        min(label.sort_no) as sort_no,
        cast(count(*) as integer) as found_count,
        cast(count(case when course.is_issued then 1 end) as integer) as issued_count,
        cast(count(
            case when problem.status <> 'closed' and not coalesce(course.last_status in ({{ at_work }}), false) then 1 end
        ) as integer) as waiting_count,
        cast(count(case when problem.status <> 'closed' and course.last_status in ({{ at_work }}) then 1 end) as integer)
            as rectifying_count,
        cast(count(case when problem.status = 'closed' then 1 end) as integer) as closed_count,
        cast(count(case when problem.status = 'closed' and problem.overdue_days = 0 and problem.due is not null then 1 end) as integer)
            as closed_in_time_count,
        cast(count(case when problem.overdue_days > 0 then 1 end) as integer) as overdue_count,
        cast(count(case when problem.is_recurrence then 1 end) as integer) as recurrence_count,
        {{ exact_mean("case when problem.status = 'closed' then " ~ days_between('problem.found_at', 'problem.closed_at') ~ ' end') }}
            as mean_days
    from {{ ref('problem') }} as problem
    left join course on course.problem_id = problem.problem_id
    left join {{ ref('code_label') }} as label on label.code_set = 'problem_source' and label.code = problem.source
    group by problem.source
)

select
    cast(row_number() over (order by sort_no asc nulls last, source_code asc nulls last) as integer) as row_no,
    source_code,
    {{ code_word('source_code', 'problem_source') }} as source,
    found_count,
    issued_count,
    waiting_count,
    rectifying_count,
    closed_count,
    closed_in_time_count,
    overdue_count,
    recurrence_count,
    mean_days
from counted
