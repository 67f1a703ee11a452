-- Results that enter the statistics (levels A and B, medium and averaging time known), by calendar year. Samples of an hour at a site whose
-- hours of that year and pollutant are a series are not among them: the series stands for them, and they are compared with limits
-- all the same. A number that was used for two media is two places: the statistics are of the medium that the site list gives it (else of
-- the first by code), and a gap names the other.
with

series as (
    select distinct
        site_id,
        pollutant_id,
        period
    from {{ ref('int_exposure__hours_summarised') }}
)

select
    result.site_id,
    result.pollutant_id,
    result.period,
    result.averaging_time,
    result.medium,
    result.unit,
    result.sampled_at,
    result.value,
    result.detection_limit,
    result.is_nondetect
from {{ ref('int_exposure__results_judged') }} as result
left join series
    on
        result.averaging_time = '1h'
        and series.site_id = result.site_id
        and series.pollutant_id = result.pollutant_id
        and series.period = result.period
where
    result.qc_level in ('A', 'B')
    and result.medium is not null
    and result.averaging_time is not null
    and result.sampled_at is not null
    and result.pollutant_id is not null
    and result.site_id is not null
    and series.site_id is null
qualify
    result.medium = coalesce(
        min(case when result.medium = result.site_medium then result.medium end) over (
            partition by result.site_id, result.pollutant_id, result.period, result.averaging_time
        ),
        min(result.medium) over (partition by result.site_id, result.pollutant_id, result.period, result.averaging_time)
    )
