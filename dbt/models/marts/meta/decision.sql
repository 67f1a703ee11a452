-- Decisions of clerks. One that the intake used (winner, supersede, exclude) is marked there; merges and splits were followed
-- by the matching of sites or have a reason why not. An unused decision is a warning of the edition.
with

used as (
    select
        decision_id,
        is_used,
        reason_code
    from {{ ref('int_inventory__decisions_followed') }}
)

select
    decision.decision_id,
    decision.kind,
    decision.object_id,
    decision.decided,
    decision.decided_by_role,
    decision.decided_at,
    decision.reason,
    coalesce(decision.is_used, false) or coalesce(used.is_used, false) as is_used,
    used.reason_code,
    decision.file_no,
    decision.row_number
from {{ source('intake', 'decision') }} as decision
left join used
    on used.decision_id = decision.decision_id
