-- Decisions of clerks that hold on the as-of date, as the intake booked them.
select
    decision_id,
    kind,
    object_id,
    decided,
    decided_by_role,
    decided_at,
    reason,
    is_used,
    file_no,
    row_number
from {{ source('intake', 'decision') }}
