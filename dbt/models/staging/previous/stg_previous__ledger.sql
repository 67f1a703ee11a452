select
    entry_no,
    object_kind,
    object_id,
    edition_no,
    as_of,
    recorded_at,
    event,
    payload_sha256,
    previous_hash,
    entry_hash
from {{ source('intake', 'previous_ledger') }}
