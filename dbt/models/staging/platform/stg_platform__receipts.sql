select
    -- ids
    receipt.package_id,
    -- text
    receipt.result,
    receipt.note,
    -- times
    receipt.received_at,
    -- record
    {{ provenance('receipt') }}
from {{ source('platform', 'receipt') }} as receipt
where not {{ list_has('receipt._flags', "'DATE-AFTER-AS-OF'") }}
