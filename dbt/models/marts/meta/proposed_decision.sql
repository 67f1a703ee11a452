{# What a clerk is asked to decide, as rows ready for decisions/*.csv, from the models marked `proposals: true`; an object that a
   decision of the same kind speaks of already is no longer asked. #}
{%- set proposing = marked_models('proposals') -%}
with proposed as (
    {% for model in proposing %}
    select decision_id, kind, object, value, role, date, reason, valid_until from {{ model.relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    proposed.decision_id,
    proposed.kind,
    proposed.object,
    proposed.value,
    proposed.role,
    proposed.date,
    proposed.reason,
    proposed.valid_until,
    split_part(proposed.object, ':', 1) as object_source,
    substr(proposed.object, length(split_part(proposed.object, ':', 1)) + 2) as object_key
from proposed
left join {{ source('intake', 'decision') }} as decision
    on decision.kind = proposed.kind and decision.object_id = proposed.object
where decision.decision_id is null
