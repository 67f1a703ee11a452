{# What this edition lacks, with the effect of each. Unknown is null and counted: nothing here is filled in elsewhere. Each kind of gap
   is found by a model marked `gaps: true`, beside the tables that it is about. #}
{%- set found = marked_models('gaps') -%}
{% for model in found %}
select
    gap_id,
    subject,
    missing,
    effect,
    subject_key
from {{ model.relation }}
{{ 'union all' if not loop.last }}
{% endfor %}
