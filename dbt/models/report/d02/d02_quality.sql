{# Each source by the eight official words of data quality: fields checked, values that failed. #}
with

summed as (
    select
        source,
        dimension,
        cast(count(*) as integer) as rule_count,
        cast(sum(checked_count) as bigint) as checked_count,
        cast(sum(failing_count) as bigint) as failing_count
    from {{ ref('data_quality') }}
    group by source, dimension
)

select
    cast(
        row_number() over (order by summed.source asc nulls last, label.sort_no asc nulls last, summed.dimension asc nulls last)
        as integer
    ) as row_no,
    summed.source,
    summed.dimension as dimension_code,
    {{ code_word('summed.source', 'source') }} as source_name,
    coalesce(label.label_cn, summed.dimension) as dimension,
    summed.rule_count,
    summed.checked_count,
    summed.failing_count,
    (1 - summed.failing_count / nullif(cast(summed.checked_count as double), 0)) * 100 as passing_pct,
    summed.failing_count > 0 as has_failing
from summed
left join {{ ref('code_label') }} as label
    on label.code_set = 'quality_dimension' and label.code = summed.dimension
