select
    -- ids
    enterprise.platform_no,
    enterprise.credit_code,
    enterprise.permit_no,
    -- text
    enterprise.platform,
    enterprise.enterprise_name,
    -- record
    {{ provenance('enterprise') }}
from {{ source('platform', 'enterprise') }} as enterprise
where not {{ list_has('enterprise._flags', "'DATE-AFTER-AS-OF'") }}
