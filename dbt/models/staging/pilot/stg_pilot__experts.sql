select
    -- ids
    expert.expert_key,
    -- text
    expert.display_name,
    expert.organisation,
    expert.field,
    expert.title,
    expert.active as active_word,
    expert.consent as consent_word,
    -- numbers
    expert.trainings,
    -- record
    {{ provenance('expert') }}
from {{ source('pilot', 'expert') }} as expert
where not {{ list_has('expert._flags', "'DATE-AFTER-AS-OF'") }}
