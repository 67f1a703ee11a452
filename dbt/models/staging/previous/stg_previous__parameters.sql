select
    parameter_id,
    used_by,
    value
from {{ source('intake', 'previous_parameter') }}
