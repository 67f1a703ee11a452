select
    enterprise_id,
    measure_id,
    due
from {{ source('intake', 'previous_enterprise_measure') }}
