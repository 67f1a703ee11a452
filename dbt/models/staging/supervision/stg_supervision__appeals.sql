select
    -- ids
    appeal.appeal_id,
    appeal.problem_id,
    appeal.credit_code,
    appeal.permit_no,
    -- text
    appeal.enterprise_name,
    appeal.reason,
    appeal.decision as decision_word,
    -- times
    appeal.filed_on,
    appeal.decided_on,
    -- record
    {{ provenance('appeal') }}
from {{ source('supervision', 'appeal') }} as appeal
where not {{ list_has('appeal._flags', "'DATE-AFTER-AS-OF'") }}
