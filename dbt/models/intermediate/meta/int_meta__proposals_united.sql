{# What the models marked `proposals: true` would have a clerk decide. #}
{%- set proposing = marked_models('proposals') -%}
{% for model in proposing %}
select decision_id, kind, object, value, role, date, reason, valid_until from {{ model.relation }}
{{ 'union all' if not loop.last }}
{% endfor %}
