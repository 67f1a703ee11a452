select
    enterprise_id,
    pollutant_id,
    role,
    year,
    quantity_t,
    is_counted,
    file_no
from {{ source('intake', 'previous_use') }}
