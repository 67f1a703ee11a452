-- Problems with their state. Status, dates and refusals are the fold over problem_event; nothing is stated twice. `object_cn` says the
-- outlet, point or post that a rule looks at by its name, else what the rule is about.
select
    problem.problem_id,
    problem.enterprise_id,
    problem.object,
    case
        when problem.rule_id is null then problem.object
        when problem.object like '%:site|%' then '全厂'
        when problem.object like 'W:%'
            then split_part(split_part(problem.object, '|', 1), ':', 3) || split_part(problem.object, '|', 2)
        else coalesce(outlet.outlet_name, point.name, watched.outlet_name, rule.object)
    end as object_cn,
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
left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = split_part(problem.object, '|', 1)
left join {{ ref('dim_monitoring_site') }} as point on point.site_id = split_part(problem.object, '|', 1)
left join {{ ref('dim_outlet') }} as watched on watched.outlet_id = point.outlet_id
