select
    parameter_id,
    replace(parameter_id, 'profile.lead_unit.', '') as lead_key,
    value as unit_name
from {{ source('intake', 'profile_parameter') }}
where parameter_id like 'profile.lead_unit.%'
