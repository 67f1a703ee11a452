select
    problem_id,
    event_no,
    event,
    event_at,
    note,
    evidence,
    is_inferred,
    refusal
from {{ source('intake', 'previous_problem_event') }}
