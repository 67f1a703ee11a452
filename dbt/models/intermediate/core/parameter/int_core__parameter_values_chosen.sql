-- Every constant of method and choice: the profile's value where area.yml has a parameter of the same id, else the seed's.
-- All models read constants here. A profile that names another parameter, or gives a value that is no number or stands in
-- another unit, is refused before a build begins (ehpilot.profile).
select
    parameter.parameter_id,
    coalesce(profile.value, parameter.value) as value,
    parameter.unit,
    parameter.label_cn,
    parameter.label_en,
    parameter.used_by,
    parameter.used_by not like 'none yet%' as is_read,
    coalesce(profile.source_ref, parameter.source_ref) as source_ref,
    coalesce(profile.verified, parameter.verified) as verified,
    profile.parameter_id is not null as is_from_profile,
    profile.value_text as profile_text,
    case
        when profile.parameter_id is not null
            then {{ origin_profile('profile.parameter_id', value='profile.value_text', column_name='value') }}
        else {{ origin_seed('parameter', 'parameter', {'value': 'value', 'unit': 'unit'}) }}
    end as _origin
from {{ seed_rows('parameter') }} as parameter
left join {{ ref('stg_geography__profile_parameters') }} as profile on profile.parameter_id = parameter.parameter_id
