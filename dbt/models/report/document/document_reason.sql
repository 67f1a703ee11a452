{# Words of the reason codes that a document's list prints, with how many rows carry each; counted by models marked `reasons: true`. #}
{%- set counting = marked_models('reasons') -%}
with

counted as (
    {% for model in counting %}
    select document_id, code_set, reason_code, row_count, used_by from {{ model.relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    counted.document_id,
    cast(
        row_number() over (
            partition by counted.document_id order by label.sort_no asc nulls last, counted.reason_code asc nulls last
        ) as integer
    ) as row_no,
    counted.reason_code,
    coalesce(label.label_cn, counted.reason_code) as reason,
    counted.row_count,
    counted.used_by
from counted
left join {{ ref('code_label') }} as label on label.code_set = counted.code_set and label.code = counted.reason_code
