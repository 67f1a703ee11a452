-- Daily values of the hourly series: the 24 h mean, and the largest 8 h mean where a limit of ambient air asks for it (the 17 means
-- that lie within the day, HJ 663-2013). A non-detect of an hour counts as half its limit; a day of non-detects alone is one, at
-- its largest limit. `hour_count`: valid hours of a mean, valid 8 h means of a daily maximum. Whether they suffice says results_judged.
with

valid_hour as (
    select
        hour.*,
        coalesce(hour.value, hour.detection_limit / 2) as used_value
    from {{ ref('int_exposure__hours_selected') }} as hour
    where hour.value is not null or (hour.is_nondetect and hour.detection_limit is not null)
),

file_run as (
    select
        site_id,
        pollutant_id,
        sampled_on,
        source_kind,
        _file_no,
        _sheet,
        min(_row) as first_row,
        max(_row) as last_row
    from valid_hour
    group by site_id, pollutant_id, sampled_on, source_kind, _file_no, _sheet
),

traced as (
    select
        site_id,
        pollutant_id,
        sampled_on,
        {{ origin_collect("case source_kind when 'online' then "
            ~ origin_rows('monitoring_outlet_hour', '_file_no', '_sheet', 'first_row', 'last_row', 'value', 'value')
            ~ ' else '
            ~ origin_rows('monitoring_station_hour', '_file_no', '_sheet', 'first_row', 'last_row', 'value', 'value')
            ~ ' end') }} as _origin
    from file_run
    group by site_id, pollutant_id, sampled_on
),

day_mean as (
    select
        site_id,
        pollutant_id,
        sampled_on,
        '24h' as averaging_time,
        min(medium) as medium,
        min(source_kind) as source_kind,
        min(unit) as unit,
        min(unit_original) as unit_original,
        {{ exact_mean('used_value') }} as mean_value,
        cast(count(*) as integer) as hour_count,
        cast(count(case when is_nondetect then 1 end) as integer) as nondetect_count,
        max(case when is_nondetect then detection_limit end) as largest_limit
    from valid_hour
    group by site_id, pollutant_id, sampled_on
),

window_start as (
    select {{ rows_between('0', '16') }} as first_hour
),

rule as (
    select max(case when parameter_id = 'monitoring.hours_of_8h' then value end) as hours_of_8h
    from {{ ref('int_core__parameter_values_chosen') }}
),

eight_hours as (
    select
        hour.site_id,
        hour.pollutant_id,
        hour.sampled_on,
        window_start.first_hour,
        min(hour.medium) as medium,
        min(hour.source_kind) as source_kind,
        min(hour.unit) as unit,
        min(hour.unit_original) as unit_original,
        {{ exact_mean('hour.used_value') }} as mean_value,
        count(case when hour.is_nondetect then 1 end) as nondetect_count,
        count(*) as hour_count,
        max(case when hour.is_nondetect then hour.detection_limit end) as largest_limit
    from valid_hour as hour
    inner join window_start on hour.hour_of_day between window_start.first_hour and window_start.first_hour + 7
    where
        hour.medium = 'ambient_air'
        and hour.pollutant_id in (
            select limits.pollutant_id from {{ ref('environmental_limit') }} as limits
            where limits.averaging_time = '8h_max' and limits.medium = 'ambient_air' and limits.pollutant_id is not null
        )
    group by hour.site_id, hour.pollutant_id, hour.sampled_on, window_start.first_hour
),

day_largest as (
    select
        eight_hours.site_id,
        eight_hours.pollutant_id,
        eight_hours.sampled_on,
        '8h_max' as averaging_time,
        min(eight_hours.medium) as medium,
        min(eight_hours.source_kind) as source_kind,
        min(eight_hours.unit) as unit,
        min(eight_hours.unit_original) as unit_original,
        max(eight_hours.mean_value) as mean_value,
        cast(count(*) as integer) as hour_count,
        cast(count(case when eight_hours.nondetect_count = eight_hours.hour_count then 1 end) as integer) as nondetect_count,
        max(eight_hours.largest_limit) as largest_limit
    from eight_hours
    cross join rule
    where eight_hours.hour_count >= rule.hours_of_8h
    group by eight_hours.site_id, eight_hours.pollutant_id, eight_hours.sampled_on
),

daily as (
    select * from day_mean
    union all
    select * from day_largest
)

select
    {{ id16(["'monitoring_day'", 'daily.site_id', 'daily.pollutant_id', 'daily.sampled_on', 'daily.averaging_time']) }} as result_id,
    daily.site_id,
    daily.sampled_on,
    daily.averaging_time,
    daily.medium,
    daily.pollutant_id,
    case when daily.nondetect_count < daily.hour_count then daily.mean_value end as value,
    daily.unit,
    daily.unit_original,
    daily.nondetect_count = daily.hour_count as is_nondetect,
    case when daily.nondetect_count > 0 then daily.largest_limit end as detection_limit,
    daily.source_kind,
    daily.hour_count,
    daily.nondetect_count,
    traced._origin
from daily
inner join traced
    on
        traced.site_id = daily.site_id
        and traced.pollutant_id = daily.pollutant_id
        and traced.sampled_on = daily.sampled_on
