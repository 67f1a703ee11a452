{# How complete each field of each source is, the least complete first within a source. #}
select
    cast(
        row_number() over (
            order by
                quality.source asc nulls last,
                quality.passing_share asc nulls last,
                quality.table_name asc nulls last,
                quality.field asc nulls last
        ) as integer
    ) as row_no,
    quality.source,
    quality.table_name,
    quality.field,
    quality.dimension,
    {{ code_word('quality.source', 'source') }} as source_name,
    quality.checked_count,
    quality.failing_count,
    quality.passing_share * 100 as passing_pct
from {{ ref('data_quality') }} as quality
where quality.dimension = 'completeness'
