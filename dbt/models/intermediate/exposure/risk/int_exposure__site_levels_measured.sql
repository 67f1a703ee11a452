-- Concentration of the assessment year at each monitoring site: the exposure point concentration of exposure.monitoring_summary (upper
-- limit of the mean, never above the largest value; EPA RAGS A 1989, 6.4.1), else the mean, else its upper bound. Of several averaging
-- times one with such a level stands before one without (hours of a series have none, their days have), then that with the most
-- results. Where nothing was detected the largest detection limit bounds it: a bound, no level.
with

summary as (
    select
        summary.*,
        coalesce(summary.exposure_point_concentration, summary.mean, summary.mean_high, summary.max) as level,
        -- an interval of the mean that reaches zero is read as the log-normal with the same upper end
        case
            when summary.mean_low > 0 then summary.mean_low
            when summary.mean > 0 and summary.mean_high > 0 then summary.mean * summary.mean / summary.mean_high
        end as interval_low
    from {{ ref('monitoring_summary') }} as summary
    cross join {{ ref('int_inventory__assessment_year_chosen') }} as build
    where summary.period = {{ to_text('build.assessment_year') }}
    qualify row_number() over (
        partition by summary.site_id, summary.medium, summary.pollutant_id
        order by
            case
                when summary.exposure_point_concentration is not null then 0
                when summary.mean is not null then 1
                else 2
            end asc nulls last,
            summary.n desc nulls last, summary.averaging_time asc nulls last
    ) = 1
)

select
    site_id,
    medium,
    pollutant_id,
    unit,
    case when n_detected > 0 then level else largest_limit end as concentration,
    coalesce(n_detected, 0) = 0 as is_bounding,
    -- 95 % interval of the mean as factors of the level, which it always holds
    case when level > 0 and interval_low is not null then least(interval_low / level, 1.0) end as low_ratio,
    case when level > 0 and mean_high is not null then greatest(mean_high / level, 1.0) end as high_ratio
from summary
