-- Parameters that the profile states (area.yml): text as written, number where it is one.
select
    parameter.parameter_id,
    parameter.value as value_text,
    try_cast(parameter.value as double) as value,
    parameter.unit,
    parameter.source_ref,
    parameter.verified
from {{ source('intake', 'profile_parameter') }} as parameter
