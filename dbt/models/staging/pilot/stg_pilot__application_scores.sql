select
    -- ids
    score_record.application_id,
    -- text
    score_record.score_item,
    -- numbers
    score_record.score,
    -- record
    {{ provenance('score_record') }}
from {{ source('pilot', 'application_score') }} as score_record
where not {{ list_has('score_record._flags', "'DATE-AFTER-AS-OF'") }}
