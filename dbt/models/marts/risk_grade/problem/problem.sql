-- Problems with their state. Status, dates and refusals are the fold over problem_event; nothing is stated twice.
select
    problem.problem_id,
    problem.enterprise_id,
    problem.object,
    problem.rule_id,
    problem.found_at,
    problem.source,
    problem.severity,
    problem.description,
    problem.evidence_key,
    problem.legal_basis,
    state.status,
    problem.due,
    state.closed_at,
    state.overdue_days,
    state.is_recurrence,
    state.reopened_at,
    problem.is_rule_met,
    state.refused_events,
    cast({{ list_size('state.refused_events') }} as integer) as refused_count,
    rule.closing_check as must_reach,
    rule.evidence_wanted,
    problem._origin
from {{ ref('int_risk_grade__problems_gathered') }} as problem
inner join {{ ref('int_risk_grade__problem_states_folded') }} as state on state.problem_id = problem.problem_id
left join {{ ref('problem_rule') }} as rule on rule.rule_id = problem.rule_id
