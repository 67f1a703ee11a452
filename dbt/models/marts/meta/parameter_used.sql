{# Parameters that models use, with where each comes from: seeds (law, methods, our own choices) and the profile. Each part is listed
   by a model marked `parameters: true`, beside the models that read it. A parameter is named by its own row of the seed, one
   of a table of law or method by its family, and the member of a code set where the table is by such. #}
{%- set listed = marked_models('parameters') -%}
with

listed as (
    {% for model in listed %}
    select
        parameter_id,
        used_by,
        value,
        unit,
        source_ref,
        verified,
        _origin
    from {{ model.relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

family as (
    select
        code,
        label_cn,
        case code
            when 'emission_half_width' then 'quality'
            when 'emission_method_tier' then 'method_of_emission'
            when 'emission_errors_shared_by' then 'method_of_emission'
        end as member_set
    from {{ ref('code_label') }}
    where code_set = 'parameter_family'
)

select
    listed.parameter_id,
    listed.used_by,
    listed.value,
    listed.unit,
    listed.source_ref,
    listed.verified,
    coalesce(named.label_cn, family.label_cn || coalesce('（' || member.label_cn || '）', '')) as label_cn,
    listed._origin
from listed
left join {{ ref('parameter') }} as named on named.parameter_id = listed.parameter_id
left join family on family.code = split_part(listed.parameter_id, '.', 1)
left join {{ ref('code_label') }} as member
    on member.code_set = family.member_set and member.code = split_part(listed.parameter_id, '.', 2)
