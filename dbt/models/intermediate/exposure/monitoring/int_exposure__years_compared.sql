-- Means of a year against limits of a year mean. A year in which a standard was replaced is judged part by part: the mean of the
-- days on which a limit held against that limit. `is_complete`: as many valid days as the year mean asks for (GB 3095 table 4), of
-- a part in proportion to its days.
with

rule as (
    select max(case when parameter_id = 'monitoring.days_of_year' then value end) as days_of_year
    from {{ ref('int_core__parameter_values_chosen') }}
),

day_value as (
    select
        site_id,
        medium,
        pollutant_id,
        unit,
        cast(sampled_at as date) as sampled_on,
        {{ period_of('sampled_at', 'year') }} as year,
        coalesce(value, detection_limit / 2) as used_value
    from {{ ref('int_exposure__results_judged') }}
    where averaging_time = '24h' and qc_level in ('A', 'B') and medium is not null
),

part as (
    select
        day_value.site_id,
        day_value.medium,
        day_value.pollutant_id,
        day_value.year,
        limits.standard_code,
        limits.standard_class,
        limits.limit_id,
        limits.limit_value,
        limits.unit,
        limits.valid_from,
        limits.valid_to,
        limits.rank,
        cast(count(distinct day_value.sampled_on) as integer) as day_count,
        {{ exact_mean('day_value.used_value') }} as mean_value
    from day_value
    inner join {{ ref('int_exposure__limits_applied') }} as limits
        on
            limits.site_id = day_value.site_id
            and limits.medium = day_value.medium
            and limits.pollutant_id = day_value.pollutant_id
            and limits.unit = day_value.unit
            and limits.limit_averaging_time = 'year'
            and limits.operator = '<='
            and day_value.sampled_on >= limits.valid_from
            and (limits.valid_to is null or day_value.sampled_on <= limits.valid_to)
    group by
        day_value.site_id, day_value.medium, day_value.pollutant_id, day_value.year, limits.standard_code, limits.standard_class,
        limits.limit_id, limits.limit_value, limits.unit, limits.valid_from, limits.valid_to, limits.rank
),

measured as (
    select
        part.*,
        {{ try_date("part.year || '-01-01'") }} as first_day,
        {{ try_date("part.year || '-12-31'") }} as last_day
    from part
)

select
    measured.site_id,
    measured.medium,
    measured.pollutant_id,
    measured.year as period,
    measured.standard_code,
    measured.standard_class,
    measured.limit_id,
    measured.limit_value,
    measured.unit,
    measured.valid_from,
    measured.rank,
    measured.day_count,
    measured.mean_value / measured.limit_value as ratio,
    measured.day_count >= rule.days_of_year
    * ({{ days_between('greatest(measured.first_day, measured.valid_from)', 'least(measured.last_day, measured.valid_to)') }} + 1)
    / ({{ days_between('measured.first_day', 'measured.last_day') }} + 1.0) as is_complete
from measured
cross join rule
