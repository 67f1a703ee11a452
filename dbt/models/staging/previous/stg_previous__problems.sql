select
    problem_id,
    enterprise_id,
    object,
    rule_id,
    found_at,
    source,
    description,
    evidence_key,
    status,
    due,
    closed_at,
    is_rule_met
from {{ source('intake', 'previous_problem') }}
