-- What the profile states of the area, as meta.parameter_used lists it: its parameters and its facts (profile.*).
select
    parameter.parameter_id,
    'profile' as used_by,
    parameter.value_text as value,
    parameter.unit,
    parameter.source_ref,
    parameter.verified,
    {{ origin_profile('parameter.parameter_id', value='parameter.value_text', column_name='value') }} as _origin
from {{ ref('stg_geography__profile_parameters') }} as parameter
