with

used as (
    select
        as_of,
        {{ unnest_list('reason_codes') }} as reason_code
    from {{ ref('source_grade') }}
),

counted as (
    select
        used.reason_code,
        min(used.as_of) as as_of,
        min(label.sort_no) as sort_no,
        coalesce(min(label.label_cn), used.reason_code) as reason,
        cast(count(*) as integer) as source_count
    from used
    left join {{ ref('code_label') }} as label on label.code_set = 'grade_reason' and label.code = used.reason_code
    group by used.reason_code
)

select
    cast(row_number() over (order by sort_no asc nulls last, reason_code asc nulls last) as integer) as row_no,
    reason_code,
    reason,
    source_count,
    as_of
from counted
