-- Means of a year against limits of a year mean. A year in which a standard was replaced is judged part by part: the mean of the
-- days on which a limit held against that limit. `is_complete`: as many valid days as the year mean asks for (GB 3095 table 4), of
-- a part in proportion to its days, and enough of them in every month.
with

rule as (
    select
        max(case when parameter_id = 'monitoring.days_of_year' then value end) as days_of_year,
        max(case when parameter_id = 'monitoring.days_of_month' then value end) as days_of_month,
        max(case when parameter_id = 'monitoring.days_of_february' then value end) as days_of_february
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

day_of_part as (
    select
        day_value.site_id,
        day_value.medium,
        day_value.pollutant_id,
        day_value.year,
        day_value.sampled_on,
        day_value.used_value,
        limits.standard_code,
        limits.standard_class,
        limits.limit_id,
        limits.limit_value,
        limits.unit,
        limits.valid_from,
        limits.valid_to,
        limits.rank
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
),

month_of_part as (
    select
        site_id,
        medium,
        pollutant_id,
        year,
        limit_id,
        extract(month from sampled_on) as month_no,
        count(distinct sampled_on) as day_count
    from day_of_part
    group by site_id, medium, pollutant_id, year, limit_id, extract(month from sampled_on)
),

full_months as (
    select
        month_of_part.site_id,
        month_of_part.medium,
        month_of_part.pollutant_id,
        month_of_part.year,
        month_of_part.limit_id,
        count(case
            when month_of_part.day_count >= case month_of_part.month_no when 2 then rule.days_of_february else rule.days_of_month end
                then 1
        end) as month_count
    from month_of_part
    cross join rule
    group by
        month_of_part.site_id, month_of_part.medium, month_of_part.pollutant_id, month_of_part.year, month_of_part.limit_id
),

part as (
    select
        site_id,
        medium,
        pollutant_id,
        year,
        standard_code,
        standard_class,
        limit_id,
        limit_value,
        unit,
        valid_from,
        valid_to,
        rank,
        cast(count(distinct sampled_on) as integer) as day_count,
        {{ exact_mean('used_value') }} as mean_value
    from day_of_part
    group by
        site_id, medium, pollutant_id, year, standard_code, standard_class, limit_id, limit_value, unit, valid_from, valid_to, rank
),

measured as (
    select
        part.*,
        full_months.month_count,
        greatest({{ try_date("part.year || '-01-01'") }}, part.valid_from) as first_day,
        least({{ try_date("part.year || '-12-31'") }}, part.valid_to) as last_day,
        {{ days_between(try_date("part.year || '-01-01'"), try_date("part.year || '-12-31'")) }} + 1.0 as year_days
    from part
    inner join full_months
        on
            full_months.site_id = part.site_id
            and full_months.medium = part.medium
            and full_months.pollutant_id = part.pollutant_id
            and full_months.year = part.year
            and full_months.limit_id = part.limit_id
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
    measured.day_count >= rule.days_of_year * ({{ days_between('measured.first_day', 'measured.last_day') }} + 1) / measured.year_days
    and measured.month_count = extract(month from measured.last_day) - extract(month from measured.first_day) + 1 as is_complete
from measured
cross join rule
