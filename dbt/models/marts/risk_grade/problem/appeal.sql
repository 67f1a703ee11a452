-- Appeals with the day by which they are to be decided (weekdays; holidays are not known) and whether that day was missed.
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
)

select
    appeal.appeal_id,
    appeal.enterprise_id,
    appeal.problem_id,
    appeal.filed_at,
    appeal.reason,
    appeal.status,
    appeal.decided_at,
    appeal.decision,
    counted.decide_by,
    coalesce(appeal.decided_at, build.as_of) > counted.decide_by as is_decision_late,
    appeal._origin
from {{ ref('int_risk_grade__appeals_listed') }} as appeal
cross join build
inner join {{ ref('int_risk_grade__appeal_days_counted') }} as counted on counted.appeal_id = appeal.appeal_id
