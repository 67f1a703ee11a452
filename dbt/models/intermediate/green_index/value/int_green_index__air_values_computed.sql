{# Q1, Q2 and Q3 of each area with stations, of years with as many valid days as a year asks for (GB 3095 table 4, 324 days): a
   running year has none. Q1: of the days that can be judged, those with no pollutant above its limit. A day is judged by its six pollutants;
   where not all are known by the grade that the daily report states, else by one that is above its limit.
   Q3: 90th percentile of the days' largest 8 h means, linear between ranks (HJ 663, annex A). #}
with

rule as (
    select value as least_days from {{ ref('int_core__parameter_values_chosen') }} where parameter_id = 'monitoring.days_of_year'
),

days as (
    select
        area_id,
        year,
        day,
        count(distinct case when limit_value is not null then pollutant_id end) as known_items,
        count(case when value > limit_value then 1 end) as exceeded_items
    from {{ ref('int_green_index__air_days_averaged') }}
    where value is not null
    group by area_id, year, day
),

judged_days as (
    select
        coalesce(days.area_id, stated.area_id) as area_id,
        coalesce(days.year, stated.year) as year,
        case
            when days.known_items = 6 then days.exceeded_items = 0
            when stated.grade is not null then stated.grade in ('excellent', 'good')
            when days.exceeded_items > 0 then false
        end as is_good
    from days
    full outer join {{ ref('int_green_index__air_days_stated') }} as stated
        on stated.area_id = days.area_id and stated.day = days.day
),

good_days as (
    select
        area_id,
        year,
        count(*) as day_count,
        100.0 * count(case when is_good then 1 end) / count(*) as value
    from judged_days
    where is_good is not null
    group by area_id, year
),

ozone as (
    select
        area_id,
        year,
        count(*) as day_count,
        {{ quantile('value', 0.9) }} as value
    from {{ ref('int_green_index__air_days_averaged') }}
    where pollutant_id = '10028-15-6' and value is not null
    group by area_id, year
),

particles as (
    select
        station.area_id,
        summary.period as year,
        {{ exact_mean('summary.mean') }} as value
    from {{ ref('monitoring_summary') }} as summary
    inner join {{ ref('int_green_index__stations_assigned') }} as station
        on station.site_id = summary.site_id and station.medium = 'ambient_air'
    cross join rule
    where
        summary.pollutant_id = 'PM2.5' and summary.averaging_time = '24h' and summary.n >= rule.least_days and summary.unit = 'ug/m3'
    group by station.area_id, summary.period
)

select 'Q1' as indicator_id, area_id, {{ period_year('year') }} as year, value, 'exposure.monitoring_result' as source_table
from good_days
cross join rule
where day_count >= rule.least_days
union all
select 'Q2' as indicator_id, area_id, {{ period_year('year') }} as year, value, 'exposure.monitoring_summary' as source_table
from particles
union all
select 'Q3' as indicator_id, area_id, {{ period_year('year') }} as year, value, 'exposure.monitoring_result' as source_table
from ozone
cross join rule
where day_count >= rule.least_days
