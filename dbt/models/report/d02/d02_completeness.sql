{# How complete each field of each source is, the least complete first within a source. #}
with

raw_label as (
    select * from {{ raw_labels() }}
)

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
    coalesce(table_label.label, nullif(quality.table_name, 'file'), '文件') as table_label,
    case when quality.field = '' then '任一字段' else coalesce(field_label.label, quality.field) end as field_label,
    quality.rule,
    quality.checked_count,
    quality.failing_count,
    quality.passing_share * 100 as passing_pct,
    quality.failing_count > 0 as has_failing
from {{ ref('data_quality') }} as quality
left join raw_label as table_label on table_label.table_name = quality.table_name and table_label.field = ''
left join raw_label as field_label
    on
        field_label.table_name = quality.table_name
        -- staging calls a word that becomes a code <field>_word
        and field_label.field in (quality.field, replace(quality.field, '_word', ''))
where quality.dimension = 'completeness'
