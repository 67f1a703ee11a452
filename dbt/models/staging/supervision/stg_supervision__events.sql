select
    -- ids
    event_record.problem_id,
    -- text
    event_record.event as event_word,
    event_record.unit_name,
    event_record.note,
    event_record.evidence,
    -- numbers
    event_record.event_no,
    -- times
    event_record.event_at,
    -- record
    {{ provenance('event_record') }}
from {{ source('supervision', 'event') }} as event_record
where not {{ list_has('event_record._flags', "'DATE-AFTER-AS-OF'") }}
