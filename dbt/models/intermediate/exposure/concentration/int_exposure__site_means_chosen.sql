-- The mean of each pollutant at each monitoring site in the assessment year: of several averaging times the one with most results. Where
-- all results are below their limits there is no mean.
select
    summary.site_id,
    site.site_role,
    summary.medium,
    summary.pollutant_id,
    summary.period,
    summary.unit,
    summary.n,
    summary.detection_rate,
    summary.mean
from {{ ref('monitoring_summary') }} as summary
inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = summary.site_id
inner join {{ ref('int_inventory__assessment_year_chosen') }} as build
    on {{ to_text('build.assessment_year') }} = summary.period
where summary.mean is not null
qualify
    row_number() over (
        partition by summary.site_id, summary.medium, summary.pollutant_id, summary.unit
        order by summary.n desc nulls last, summary.averaging_time asc nulls last
    ) = 1
