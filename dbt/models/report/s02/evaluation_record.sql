{# The list of records (台账目录): what each source has handed in, and what became of it. #}
with

sources as (
    select
        source,
        cast(count(case when status = 'current' then 1 end) as integer) as file_count,
        cast(sum(case when status = 'current' then records_read else 0 end) as bigint) as records_read,
        cast(sum(case when status = 'current' then records_loaded else 0 end) as bigint) as records_loaded,
        cast(sum(case when status = 'current' then records_quarantined else 0 end) as bigint) as records_quarantined,
        cast(sum(case when status = 'current' then records_skipped else 0 end) as bigint) as records_skipped,
        cast(count(case when status = 'refused' then 1 end) as integer) as refused_count
    from {{ ref('source_file') }}
    where source is not null
    group by source
)

select
    cast(row_number() over (order by label.sort_no asc nulls last, sources.source asc nulls last) as integer) as row_no,
    sources.source,
    coalesce(label.label_cn, sources.source) as source_name,
    sources.file_count,
    sources.records_read,
    sources.records_loaded,
    sources.records_quarantined,
    sources.records_skipped,
    sources.refused_count
from sources
left join {{ ref('code_label') }} as label on label.code_set = 'source' and label.code = sources.source
