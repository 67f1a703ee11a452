-- Days until the next open problem of a risk source is overdue, for the warnings of rules whose fact is a count.
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

next_due as (
    select
        problem.enterprise_id,
        min({{ days_between('build.as_of', 'problem.due') }}) as days_left,
        min(case when problem.severity = 'critical' then {{ days_between('build.as_of', 'problem.due') }} end)
            as critical_days_left
    from {{ ref('problem') }} as problem
    cross join build
    where problem.status <> 'closed' and problem.overdue_days = 0 and problem.due >= build.as_of
    group by problem.enterprise_id
)

select
    next_due.enterprise_id,
    rule.rule_id,
    cast(case rule.fact
        when 'overdue_critical' then next_due.critical_days_left
        when 'overdue_problems' then next_due.days_left
    end as double) as distance
from next_due
inner join {{ ref('code_rule') }} as rule on rule.fact in ('overdue_critical', 'overdue_problems')
