select
    -- ids
    mechanism.deliverable_id,
    -- text
    mechanism.mechanism_kind as mechanism_kind_word,
    mechanism.participants,
    mechanism.conclusion,
    mechanism.unit_name,
    mechanism.status,
    mechanism.evidence,
    -- times
    mechanism.held_on,
    mechanism.due_on,
    -- record
    {{ provenance('mechanism') }}
from {{ source('pilot', 'mechanism') }} as mechanism
where not {{ list_has('mechanism._flags', "'DATE-AFTER-AS-OF'") }}
