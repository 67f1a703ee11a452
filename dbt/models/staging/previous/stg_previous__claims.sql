select
    enterprise_id,
    outlet_id,
    medium,
    pollutant_id,
    year,
    source,
    method,
    emission_t,
    is_winner,
    file_no
from {{ source('intake', 'previous_claim') }}
