-- Weights, cuts and draws of the screening: the profile's value where area.yml has a parameter of the same id, else the
-- seed's. A profile value that is no number stops the build (test of this model).
select
    parameter.parameter_id,
    coalesce(profile.value, parameter.value) as value,
    parameter.unit,
    parameter.used_by,
    coalesce(profile.source_ref, parameter.source_ref) as source_ref,
    coalesce(profile.verified, parameter.verified) as verified,
    profile.parameter_id is not null as is_from_profile,
    profile.value_text as profile_text,
    case
        when profile.parameter_id is not null
            then {{ origin_profile('profile.parameter_id', value='profile.value_text', column_name='value') }}
        else {{ origin_seed('screening_parameter', 'parameter', {'value': 'value', 'unit': 'unit'}) }}
    end as origin
from {{ seed_rows('screening_parameter') }} as parameter
left join {{ ref('stg_geography__profile_parameters') }} as profile on profile.parameter_id = parameter.parameter_id
