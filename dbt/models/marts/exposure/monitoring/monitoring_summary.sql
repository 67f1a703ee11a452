-- Statistics of a pollutant at a site in a year with the standard that the summary takes: the first by rank, of one that was replaced
-- the version that ended the year. Exceedances and the largest ratio are of all its versions, each judged in its own part
-- (exposure.limit_comparison has the parts).
with

statistic as (
    select
        site_id, pollutant_id, period, averaging_time, n, n_detected, detection_rate, statistic_method, min, p50, mean, mean_low,
        mean_high, p95, max, ucl95, ucl_method, exposure_point_concentration, largest_limit
    from {{ ref('int_exposure__samples_summarised') }}
    union all
    select
        site_id, pollutant_id, period, averaging_time, n, n_detected, detection_rate, statistic_method, min, p50, mean, mean_low,
        mean_high, p95, max, ucl95, ucl_method, exposure_point_concentration, largest_limit
    from {{ ref('int_exposure__hours_summarised') }}
),

described as (
    select site_id, pollutant_id, period, averaging_time, min(medium) as medium, min(unit) as unit
    from {{ ref('int_exposure__samples_listed') }}
    group by site_id, pollutant_id, period, averaging_time
    union all
    select site_id, pollutant_id, period, averaging_time, medium, unit from {{ ref('int_exposure__hours_summarised') }}
),

{# standards that replace one another have one code without its year #}
ranked as (
    select
        comparison.*,
        {{ regexp_replace_all('comparison.standard_code', '-[0-9]{2,4}$') }} as standard_family,
        min(comparison.rank) over (
            partition by comparison.site_id, comparison.pollutant_id, comparison.period, comparison.averaging_time
        ) as first_rank
    from {{ ref('limit_comparison') }} as comparison
),

family as (
    select
        site_id, pollutant_id, period, averaging_time, standard_family,
        sum(exceedance_count) as exceedance_count,
        max(max_ratio) as max_ratio
    from ranked
    where rank = first_rank
    group by site_id, pollutant_id, period, averaging_time, standard_family
),

latest as (
    select * from ranked
    where rank = first_rank
    qualify
        row_number() over (
            partition by site_id, pollutant_id, period, averaging_time
            order by valid_from desc nulls last, max_ratio desc nulls last, standard_code asc nulls last, standard_class asc nulls last
        ) = 1
)

select
    statistic.site_id,
    site.area_id,
    described.medium,
    statistic.pollutant_id,
    statistic.period,
    statistic.averaging_time,
    statistic.n,
    statistic.n_detected,
    statistic.detection_rate,
    statistic.statistic_method,
    statistic.min,
    statistic.p50,
    statistic.mean,
    statistic.mean_low,
    statistic.mean_high,
    statistic.p95,
    statistic.max,
    statistic.ucl95,
    statistic.ucl_method,
    statistic.exposure_point_concentration,
    statistic.largest_limit,
    described.unit,
    latest.standard_code,
    latest.standard_class,
    latest.limit_value as standard_limit,
    cast(family.exceedance_count as integer) as exceedance_count,
    family.max_ratio
from statistic
inner join described
    on
        described.site_id = statistic.site_id
        and described.pollutant_id = statistic.pollutant_id
        and described.period = statistic.period
        and described.averaging_time = statistic.averaging_time
left join {{ ref('dim_monitoring_site') }} as site on site.site_id = statistic.site_id
left join latest
    on
        latest.site_id = statistic.site_id
        and latest.pollutant_id = statistic.pollutant_id
        and latest.period = statistic.period
        and latest.averaging_time = statistic.averaging_time
left join family
    on
        family.site_id = latest.site_id
        and family.pollutant_id = latest.pollutant_id
        and family.period = latest.period
        and family.averaging_time = latest.averaging_time
        and family.standard_family = latest.standard_family
