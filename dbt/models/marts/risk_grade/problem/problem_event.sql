-- Events of problems, as written or inferred, with the state after each; one that a guard refused changed nothing and says why.
select
    event.problem_id,
    event.event_no,
    event.event,
    event.event_at,
    case
        when event.is_inferred then 'system'
        when {{ normalised_name('event.actor') }} = {{ normalised_name('site.name') }} then 'enterprise'
        when event.actor is not null then 'authority'
    end as actor_role,
    event.note,
    event.is_inferred,
    event.evidence,
    outcome.status_after,
    outcome.refusal,
    problem.enterprise_id
from {{ ref('int_risk_grade__problem_events_gathered') }} as event
inner join {{ ref('int_risk_grade__problem_events_judged') }} as outcome
    on outcome.problem_id = event.problem_id and outcome.event_no = event.event_no
inner join {{ ref('int_risk_grade__problems_gathered') }} as problem on problem.problem_id = event.problem_id
inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = problem.enterprise_id
