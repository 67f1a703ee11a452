select
    -- ids
    warning.platform_no,
    warning.site_id,
    -- text
    warning.platform,
    warning.indicator,
    warning.unit,
    warning.level,
    warning.handling,
    -- numbers
    warning.value,
    warning.limit_value,
    -- times
    warning.warned_at,
    -- record
    {{ provenance('warning') }}
from {{ source('platform', 'warning') }} as warning
where not {{ list_has('warning._flags', "'DATE-AFTER-AS-OF'") }}
