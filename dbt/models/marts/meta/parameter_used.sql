{# Parameters that models use, with where each comes from: seeds (law, methods, our own choices) and the profile. Each part is listed
   by a model marked `parameters: true`, beside the models that read it. #}
{%- set listed = marked_models('parameters') -%}
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
