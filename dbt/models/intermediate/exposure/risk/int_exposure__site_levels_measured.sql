-- Concentration of the assessment year at each monitoring site: the exposure point concentration of exposure.monitoring_summary (upper
-- limit of the mean, never above the largest value; EPA RAGS A 1989, 6.4.1), else the mean. Of several averaging times that with the
-- most results stands. Where nothing was detected the largest detection limit bounds it: a bound, no level.
with

summary as (
    select
        summary.*,
        coalesce(summary.exposure_point_concentration, summary.mean, summary.max) as level
    from {{ ref('monitoring_summary') }} as summary
    cross join {{ ref('int_inventory__assessment_year_chosen') }} as build
    where summary.period = {{ to_text('build.assessment_year') }}
    qualify row_number() over (
        partition by summary.site_id, summary.medium, summary.pollutant_id
        order by summary.n desc nulls last, summary.averaging_time asc nulls last
    ) = 1
)

select
    site_id,
    medium,
    pollutant_id,
    unit,
    case when n_detected > 0 then level else largest_limit end as concentration,
    coalesce(n_detected, 0) = 0 as is_bounding,
    -- 95 % interval of the mean as factors of the level
    case when level > 0 then mean_low / level end as low_ratio,
    case when level > 0 then mean_high / level end as high_ratio
from summary
