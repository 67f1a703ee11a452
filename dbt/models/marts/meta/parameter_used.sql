{# Parameters that models use, with where each comes from: seeds (law, methods, our own choices) and the profile. Each part is listed
   by a model marked `parameters: true`, beside the models that read it. A parameter is named by its own row of the seed, one
   of a table of law or method by its family and the words of the further parts of its id. #}
{%- set listed = marked_models('parameters') -%}
{#- Code sets of the second, third and fourth part of an id; what no set knows stands as it is, ages with their unit. -#}
{%- set parts = {
    'emission_half_width': ['quality'],
    'emission_method_tier': ['method_of_emission'],
    'emission_errors_shared_by': ['method_of_emission'],
    'dose': ['dose_parameter', 'population_group', 'ages'],
    'occupational_rule': ['occupational_rule'],
    'occupational_hazard_grade': ['hazard_criterion', 'hazard_code'],
    'risk_exposure_spread': ['medium_of_environment', 'route', 'risk_exposure_input'],
    'risk_rank_correlation': ['risk_exposure_input', 'risk_exposure_input'],
    'risk_population': ['population_group'],
    'risk_toxic_share': ['medium_of_environment', 'text'],
    'unstated_medium_share': ['text', 'medium_of_emission'],
    'profile': ['profile_fact'],
} -%}
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

part as (
    {% for family, sets in parts.items() %}
    {%- set outer = loop %}
    {%- for code_set in sets %}
    select
        '{{ family }}' as family,
        {{ loop.index + 1 }} as part_no,
        '{{ code_set }}' as code_set,
        '{{ '岁' if code_set == 'ages' }}' as unit
    {{ 'union all' if not (outer.last and loop.last) }}
    {%- endfor %}
    {%- endfor %}
),

member as (
    select
        listed.parameter_id,
        listed.used_by,
        {{ listagg_text("coalesce(word.label_cn, split_part(listed.parameter_id, '.', part.part_no) || part.unit)", '，', 'part.part_no') }}
            as words
    from listed
    inner join part on part.family = split_part(listed.parameter_id, '.', 1)
    left join {{ ref('code_label') }} as word
        on word.code_set = part.code_set and word.code = split_part(listed.parameter_id, '.', part.part_no)
    group by listed.parameter_id, listed.used_by
)

select
    listed.parameter_id,
    listed.used_by,
    listed.value,
    listed.unit,
    listed.source_ref,
    listed.verified,
    coalesce(named.label_cn, family.label_cn || coalesce('（' || member.words || '）', '')) as label_cn,
    listed._origin
from listed
left join {{ ref('parameter') }} as named on named.parameter_id = listed.parameter_id
left join {{ ref('code_label') }} as family
    on family.code_set = 'parameter_family' and family.code = split_part(listed.parameter_id, '.', 1)
left join member on member.parameter_id = listed.parameter_id and member.used_by = listed.used_by
