{# Laboratories whose reports the results of the assessment year come from; results of lists that name none are one row. #}
with

counted as (
    select
        coalesce(result.laboratory, '未注明') as laboratory,
        coalesce(result.cma_no, '') as cma_no,
        min(result.period) as period,
        cast(count(*) as integer) as result_count,
        cast(count(distinct result.site_id) as integer) as site_count,
        min(cast(result.sampled_at as date)) as first_day,
        max(cast(result.sampled_at as date)) as last_day
    from {{ ref('monitoring_result') }} as result
    inner join {{ ref('edition') }} as edition on result.period = {{ to_text('edition.assessment_year') }}
    where result.source_kind = 'manual'
    group by coalesce(result.laboratory, '未注明'), coalesce(result.cma_no, '')
)

select
    cast(row_number() over (order by result_count desc nulls last, laboratory asc nulls last, cma_no asc nulls last) as integer) as row_no,
    laboratory,
    cma_no,
    period,
    nullif(cma_no, '') as cma_text,
    site_count,
    result_count,
    first_day,
    last_day
from counted
