select
    -- ids
    opinion_record.opinion_no,
    -- text
    opinion_record.document,
    opinion_record.from_unit,
    opinion_record.opinion,
    opinion_record.outcome as outcome_word,
    opinion_record.reason,
    opinion_record.changed_at,
    -- record
    {{ provenance('opinion_record') }}
from {{ source('pilot', 'opinion') }} as opinion_record
where not {{ list_has('opinion_record._flags', "'DATE-AFTER-AS-OF'") }}
