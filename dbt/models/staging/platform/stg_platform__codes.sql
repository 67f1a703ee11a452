select
    -- ids
    code_row.platform_no,
    -- text
    code_row.platform,
    code_row.colour as colour_word,
    code_row.reason,
    -- times
    code_row.coded_at,
    -- record
    {{ provenance('code_row') }}
from {{ source('platform', 'code') }} as code_row
where not {{ list_has('code_row._flags', "'DATE-AFTER-AS-OF'") }}
