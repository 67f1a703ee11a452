-- The closed loop by where a problem was found: where it stands (not acknowledged, in work, escalated and closed
-- add up to those found), and how long that took.
with

counted as (
    select
        problem.source as source_code,
        min(label.sort_no) as sort_no,
        cast(count(*) as integer) as found_count,
        cast(count(case when problem.status <> 'detected' then 1 end) as integer) as issued_count,
        cast(count(case when problem.status in ('detected', 'issued', 'reopened') then 1 end) as integer) as waiting_count,
        cast(
            count(case when problem.status in ('acknowledged', 'rectifying', 'submitted', 'verified', 'appealed') then 1 end) as integer
        ) as rectifying_count,
        cast(count(case when problem.status = 'escalated' then 1 end) as integer) as escalated_count,
        cast(count(case when problem.status = 'closed' then 1 end) as integer) as closed_count,
        cast(count(case when problem.status = 'closed' and problem.overdue_days = 0 and problem.due is not null then 1 end) as integer)
            as closed_in_time_count,
        cast(count(case when problem.overdue_days > 0 then 1 end) as integer) as overdue_count,
        cast(count(case when problem.is_recurrence then 1 end) as integer) as recurrence_count,
        {{ exact_mean("case when problem.status = 'closed' then " ~ days_between('problem.found_at', 'problem.closed_at') ~ ' end') }}
            as mean_days
    from {{ ref('problem') }} as problem
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
    escalated_count,
    closed_count,
    closed_in_time_count,
    overdue_count,
    recurrence_count,
    mean_days
from counted
