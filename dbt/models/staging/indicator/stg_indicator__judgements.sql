select
    -- ids
    judgement.expert_no,
    -- text
    judgement.layer,
    judgement.item_row,
    judgement.item_column,
    -- numbers
    judgement.value,
    -- record
    {{ provenance('judgement') }}
from {{ source('indicator', 'judgement') }} as judgement
where not {{ list_has('judgement._flags', "'DATE-AFTER-AS-OF'") }}
