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
),

-- of several limits of one class (a range has two) that with the largest ratio is shown
ordered as (
    select
        compared.*,
        row_number() over (
            partition by site_id, pollutant_id, period, averaging_time, standard_code, standard_class, valid_from
            order by ratio desc nulls last, limit_value asc nulls last, limit_id asc nulls last
        ) as order_no
    from compared
    where standard_class is not null
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
    min(case when order_no = 1 then limit_value end) as limit_value,
    min(unit) as unit,
    min(case when order_no = 1 then limit_id end) as limit_id,
    min(rank) as rank,
    cast(sum(weight) as integer) as n,
    cast(count(case when is_exceedance then 1 end) as integer) as exceedance_count,
    max(ratio) as max_ratio,
    cast(count(case when is_open then 1 end) as integer) as open_count,
    min(case when is_complete then 1 else 0 end) = 1 as is_complete
from ordered
group by site_id, pollutant_id, period, averaging_time, standard_code, standard_class, valid_from
