-- Decisions of clerks. One that the intake used (winner, supersede, exclude) is marked there; merges and splits are used when
-- enterprise_match names them. An unused decision is a warning of the edition.
with

used as (
    select distinct decision_id from {{ ref('enterprise_match') }} where decision_id is not null
)

select
    decision.decision_id,
    decision.kind,
    decision.object_id,
    decision.decided,
    decision.decided_by_role,
    decision.decided_at,
    decision.reason,
    coalesce(decision.is_used, false) or used.decision_id is not null as is_used,
    decision.file_no,
    decision.row_number
from {{ source('intake', 'decision') }} as decision
left join used
    on used.decision_id = decision.decision_id
