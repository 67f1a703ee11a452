{# Data capture of stations and online monitors in the assessment year: the worst and the middle of their pollutants. #}
with

by_pollutant as (
    select
        capture.site_id,
        capture.pollutant_id,
        capture.source_kind,
        sum(capture.valid_hours) as valid_hours,
        sum(capture.planned_hours) as planned_hours
    from {{ ref('monitoring_capture') }} as capture
    inner join {{ ref('edition') }} as edition on capture.year = {{ to_text('edition.assessment_year') }}
    group by capture.site_id, capture.pollutant_id, capture.source_kind
),

by_site as (
    select
        site_id,
        min(source_kind) as source_kind,
        cast(count(*) as integer) as pollutant_count,
        cast(sum(valid_hours) as bigint) as valid_hours,
        cast(sum(planned_hours) as bigint) as planned_hours,
        min(100.0 * valid_hours / nullif(planned_hours, 0)) as least_pct
    from by_pollutant
    group by site_id
)

select
    cast(row_number() over (order by by_site.source_kind asc nulls last, by_site.site_id asc nulls last) as integer) as row_no,
    by_site.site_id,
    substr(by_site.site_id, 3) as site_no,
    {{ code_word('by_site.source_kind', 'source_kind') }} as kind_name,
    by_site.pollutant_count,
    by_site.planned_hours,
    by_site.valid_hours,
    100.0 * by_site.valid_hours / nullif(by_site.planned_hours, 0) as capture_pct,
    by_site.least_pct
from by_site
