{# What changed since the previous edition, counted by kind and reason. #}
with

counted as (
    select
        case object_kind when 'pollutant' then '风险污染物' when 'source' then '风险源' else '场所' end as object_kind,
        change,
        coalesce(reason, '未注明') as reason,
        cast(count(*) as integer) as item_count,
        max(previous_edition) as previous_edition
    from {{ ref('document_change') }}
    group by object_kind, change, reason
)

select
    cast(
        row_number() over (
            order by object_kind asc nulls last, change asc nulls last, reason asc nulls last
        ) as integer
    ) as row_no,
    object_kind,
    change,
    reason,
    item_count,
    previous_edition
from counted
