-- Results of a year against each standard of their site, each on its day: a standard replaced in the middle of the year stands in
-- two rows, by the day its limit began. Rows with averaging time `year` compare the mean of the year's days (or of its part).
with

compared as (
    select
        site_id,
        pollutant_id,
        {{ period_of('sampled_at', 'year') }} as period,
        averaging_time,
        standard_code,
        standard_class,
        valid_from,
        medium,
        limit_value,
        unit,
        limit_id,
        rank,
        ratio,
        is_exceedance,
        is_open,
        true as is_complete,
        1 as weight
    from {{ ref('int_exposure__results_compared') }}
    union all
    select
        site_id,
        pollutant_id,
        period,
        'year' as averaging_time,
        standard_code,
        standard_class,
        valid_from,
        medium,
        limit_value,
        unit,
        limit_id,
        rank,
        ratio,
        ratio > 1 as is_exceedance,
        false as is_open,
        is_complete,
        day_count as weight
    from {{ ref('int_exposure__years_compared') }}
)

select
    site_id,
    pollutant_id,
    period,
    averaging_time,
    standard_code,
    standard_class,
    valid_from,
    min(medium) as medium,
    coalesce({{ value_at_max('limit_value', 'ratio') }}, min(limit_value)) as limit_value,
    min(unit) as unit,
    coalesce({{ value_at_max('limit_id', 'ratio') }}, min(limit_id)) as limit_id,
    min(rank) as rank,
    cast(sum(weight) as integer) as n,
    cast(count(case when is_exceedance then 1 end) as integer) as exceedance_count,
    max(ratio) as max_ratio,
    cast(count(case when is_open then 1 end) as integer) as open_count,
    min(case when is_complete then 1 else 0 end) = 1 as is_complete
from compared
where standard_class is not null
group by site_id, pollutant_id, period, averaging_time, standard_code, standard_class, valid_from
