-- What a month of an hourly series holds: hours planned, recorded and valid, with the rows of the files it came from. The series itself
-- stands in exposure.monitoring_hourly, one Parquet file a month. Hours in which the plant stood still are not planned (HJ 75: hours of the
-- quarter less those of standstill); they are known only where the file marks its hours and every mark is understood.
with

file_run as (
    select
        site_id,
        pollutant_id,
        {{ period_of('sampled_at', 'month') }} as period,
        source_kind,
        _file_no,
        _sheet,
        min(medium) as medium,
        min(unit) as unit,
        min(_row) as first_row,
        max(_row) as last_row,
        count(*) as recorded_count,
        count(value) as detected_count,
        count(case when is_nondetect then 1 end) as nondetect_count,
        count(mark) as marked_count,
        count(case when mark = 'other' then 1 end) as odd_count,
        count(case when mark = 'stopped' then 1 end) as stopped_count,
        max(value) as largest,
        {{ exact_sum('value') }} as value_sum
    from {{ ref('int_exposure__hours_selected') }}
    where site_id is not null and pollutant_id is not null
    group by site_id, pollutant_id, {{ period_of('sampled_at', 'month') }}, source_kind, _file_no, _sheet
),

counted as (
    select
        site_id,
        pollutant_id,
        period,
        min(source_kind) as source_kind,
        min(medium) as medium,
        min(unit) as unit,
        {{ try_date("period || '-01'") }} as first_day,
        sum(recorded_count) as recorded_count,
        sum(detected_count + nondetect_count) as valid_count,
        sum(nondetect_count) as nondetect_count,
        case when sum(marked_count) > 0 and sum(odd_count) = 0 then sum(stopped_count) end as stopped_count,
        max(largest) as largest,
        {{ exact_sum('value_sum') }} / nullif(sum(detected_count), 0) as detected_mean,
        {{ origin_collect("case source_kind when 'online' then "
            ~ origin_rows('monitoring_outlet_hour', '_file_no', '_sheet', 'first_row', 'last_row', 'value', 'recorded_hours')
            ~ ' else '
            ~ origin_rows('monitoring_station_hour', '_file_no', '_sheet', 'first_row', 'last_row', 'value', 'recorded_hours')
            ~ ' end') }} as _origin
    from file_run
    group by site_id, pollutant_id, period
)

select
    site_id,
    pollutant_id,
    period,
    substr(period, 1, 4) as year,
    medium,
    source_kind,
    cast(24 * extract(day from last_day(first_day)) - coalesce(stopped_count, 0) as integer) as planned_hours,
    cast(stopped_count as integer) as stopped_hours,
    cast(recorded_count as integer) as recorded_hours,
    cast(valid_count as integer) as valid_hours,
    cast(nondetect_count as integer) as nondetect_hours,
    detected_mean,
    largest as max,
    unit,
    _origin
from counted
