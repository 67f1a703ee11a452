{# What is left before a rule of the code fires whose fact is no number. Rules about overdue problems: days to the due date of as many
   open ones as the threshold lacks, the next first; critical ones alone count where the rule asks for critical ones. Vetoes of risk:
   orders of magnitude from the largest risk at a sensitive point that the source mainly causes; without such a point there is none. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

open_problem as (
    select
        problem.enterprise_id,
        problem.problem_id,
        rule.rule_id,
        {{ try_double('rule.threshold') }} as threshold,
        problem.overdue_days > 0 as is_overdue,
        {{ days_between('build.as_of', 'problem.due') }} as days_left
    from {{ ref('problem') }} as problem
    cross join build
    inner join {{ ref('code_rule') }} as rule
        on rule.fact = 'overdue_problems' or (rule.fact = 'overdue_critical' and problem.severity = 'critical')
    where problem.status <> 'closed' and (problem.overdue_days > 0 or problem.due >= build.as_of)
),

placed as (
    select
        open_problem.*,
        row_number() over (
            partition by enterprise_id, rule_id
            order by case when is_overdue then 1 else 2 end asc nulls last, days_left asc nulls last, problem_id asc nulls last
        ) as place_no
    from open_problem
)

select
    enterprise_id,
    rule_id,
    cast(days_left as double) as distance
from placed
where place_no = threshold and not is_overdue
union all
select
    grade.enterprise_id,
    rule.rule_id,
    least(
        log10(line.cancer_risk / nullif(grade.veto_cancer_risk, 0)),
        log10(line.hazard_index / nullif(grade.veto_hazard_index, 0))
    ) as distance
from {{ ref('source_grade') }} as grade
inner join {{ ref('code_rule') }} as rule on rule.warning_unit = 'log10'
inner join {{ ref('int_risk_grade__veto_lines_chosen') }} as line on line.fact = rule.fact
where grade.veto_cancer_risk > 0 or grade.veto_hazard_index > 0
