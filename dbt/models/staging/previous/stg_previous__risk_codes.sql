select
    enterprise_id,
    colour,
    valid_from,
    valid_until,
    payload,
    payload_sha256
from {{ source('intake', 'previous_risk_code') }}
