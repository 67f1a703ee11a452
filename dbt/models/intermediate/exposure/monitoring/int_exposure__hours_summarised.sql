-- Statistics of the hours of a year. Hours follow one another closely, so no upper limit of their mean is given: that of the daily
-- means of the same site is (averaging time 24h). Non-detects count as half their limit up to the share that allows it; above
-- it only the bounds are given.
with

rule as (
    select max(case when parameter_id = 'monitoring.half_limit_share' then value end) as half_limit_share
    from {{ ref('int_core__parameter_values_chosen') }}
),

hour as (
    select
        site_id,
        pollutant_id,
        {{ period_of('sampled_at', 'year') }} as period,
        medium,
        unit,
        value,
        case when is_nondetect then detection_limit end as nondetect_limit,
        is_nondetect
    from {{ ref('int_exposure__hours_selected') }}
    where (value is not null or is_nondetect) and medium is not null and pollutant_id is not null
),

summed as (
    select
        site_id,
        pollutant_id,
        period,
        min(medium) as medium,
        min(unit) as unit,
        cast(count(*) as integer) as n,
        cast(count(value) as integer) as n_detected,
        (count(*) - count(value)) / cast(count(*) as double) as nondetect_share,
        min(value) as smallest,
        max(value) as largest,
        max(nondetect_limit) as largest_limit,
        count(case when is_nondetect and nondetect_limit is null then 1 end) as limitless,
        {{ exact_sum('coalesce(value, 0)') }} as sum_low,
        {{ exact_sum('coalesce(value, nondetect_limit / 2, 0)') }} as sum_half,
        {{ exact_sum('coalesce(value, nondetect_limit, 0)') }} as sum_high,
        {{ exact_sum('coalesce(value, nondetect_limit / 2, 0) * coalesce(value, nondetect_limit / 2, 0)') }} as sum_square,
        {{ quantile('coalesce(value, 0)', 0.5) }} as p50,
        {{ quantile('coalesce(value, 0)', 0.95) }} as p95
    from hour
    group by site_id, pollutant_id, period
)

select
    summed.site_id,
    summed.pollutant_id,
    summed.period,
    '1h' as averaging_time,
    summed.medium,
    summed.unit,
    summed.n,
    summed.n_detected,
    summed.n_detected / cast(summed.n as double) as detection_rate,
    case
        when summed.n_detected = 0 then 'none'
        when summed.n_detected = summed.n then 'arithmetic'
        when summed.nondetect_share <= rule.half_limit_share and summed.limitless = 0 then 'half_limit'
        else 'none'
    end as statistic_method,
    summed.smallest as min,
    case when summed.p50 > 0 then summed.p50 end as p50,
    case
        when
            summed.n_detected > 0 and summed.limitless = 0
            and summed.nondetect_share <= rule.half_limit_share
            then summed.sum_half / summed.n
    end as mean,
    case
        when summed.n > 1 and summed.limitless = 0
            then sqrt(
                greatest(summed.sum_square / summed.n - power(summed.sum_half / summed.n, 2), 0) / (summed.n - 1)
            )
    end as standard_error,
    summed.sum_low / summed.n as mean_low,
    case when summed.limitless = 0 then summed.sum_high / summed.n end as mean_high,
    case when summed.p95 > 0 then summed.p95 end as p95,
    summed.largest as max,
    cast(null as double) as ucl95,
    'none' as ucl_method,
    cast(null as double) as exposure_point_concentration,
    summed.largest_limit
from summed
cross join rule
