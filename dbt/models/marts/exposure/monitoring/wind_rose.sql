-- How often the wind of the assessment year came from each sector, at the station whose hours the sectors of concentrations use; calm
-- hours stand in columns of their own.
with

hour as (
    select wind.*
    from {{ ref('int_exposure__winds_sectored') }} as wind
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as chosen
        on chosen.assessment_year = extract(year from wind.observed_at)
),

total as (
    select
        station_id,
        {{ exact_sum('share') }} as hours,
        {{ exact_sum('case when sector is null then share end') }} as calm_hours
    from hour
    group by station_id
),

sector_total as (
    select
        station_id,
        {{ period_of('min(observed_at)', 'year') }} as period,
        sector,
        {{ exact_sum('share') }} as hours,
        {{ exact_sum('share * wind_speed_m_s') }} as speed_sum
    from hour
    where sector is not null
    group by station_id, sector
),

file_run as (
    select station_id, _file_no, _sheet, min(_row) as first_row, max(_row) as last_row
    from hour
    group by station_id, _file_no, _sheet
),

traced as (
    select
        station_id,
        {{ origin_collect(origin_rows(
            'meteorology_hour', '_file_no', '_sheet', 'first_row', 'last_row', 'wind_direction_deg', 'sector')) }} as _origin
    from file_run
    group by station_id
)

select
    sector_total.station_id as met_station,
    sector_total.period,
    sector_total.sector,
    cast(round(sector_total.hours) as integer) as n,
    sector_total.hours / total.hours as share,
    sector_total.speed_sum / sector_total.hours as mean_speed_m_s,
    cast(round(coalesce(total.calm_hours, 0)) as integer) as calm_n,
    coalesce(total.calm_hours, 0) / total.hours as calm_share,
    traced._origin
from sector_total
inner join total on total.station_id = sector_total.station_id
inner join traced on traced.station_id = sector_total.station_id
where sector_total.hours > 0
