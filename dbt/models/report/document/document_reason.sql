{# Words of the reason codes that a document's list prints, with how many rows carry each. A list that is marked
   `reasons: {document_id: …, code_set: …}` has a column `reason_codes`. #}
{%- set lists = marked_models('reasons') -%}
with

used as (
    {% for list in lists %}
    select
        '{{ list.mark.document_id }}' as document_id,
        '{{ list.mark.code_set }}' as code_set,
        '{{ list.name }}' as used_by,
        {{ unnest_list('reason_codes') }} as reason_code
    from {{ list.relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

counted as (
    select
        document_id,
        code_set,
        used_by,
        reason_code,
        cast(count(*) as integer) as row_count
    from used
    group by document_id, code_set, used_by, reason_code
)

select
    counted.document_id,
    cast(
        row_number() over (
            partition by counted.document_id
            order by counted.used_by asc nulls last, label.sort_no asc nulls last, counted.reason_code asc nulls last
        ) as integer
    ) as row_no,
    counted.reason_code,
    coalesce(label.label_cn, counted.reason_code) as reason,
    counted.row_count,
    counted.used_by
from counted
left join {{ ref('code_label') }} as label on label.code_set = counted.code_set and label.code = counted.reason_code
