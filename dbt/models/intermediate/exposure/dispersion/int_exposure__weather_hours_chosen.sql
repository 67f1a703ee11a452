-- The hours of each station that stand for its year: those of the assessment year where it has enough of them, else of the newest
-- earlier year that has, else all hours of the station (a typical year's months come from several years). The sun is seen from the
-- station, of a station without coordinates from the middle of the area's sites; clocks are those of the file, else of the area.
with

hours as (
    select
        coalesce(station_id, 'unknown') as station_id,
        observed_at,
        {{ period_of('observed_at', 'year') }} as year,
        wind_direction_deg,
        wind_speed_m_s,
        temperature_k,
        cloud_cover_tenth,
        global_radiation_wh_m2,
        stability_word,
        mixing_height_m,
        longitude,
        latitude,
        utc_offset_h
    from {{ ref('stg_meteorology__hours') }}
    where observed_at is not null
),

years as (
    select station_id, year, count(wind_speed_m_s) as hours
    from hours
    group by station_id, year
),

full_year as (
    select years.station_id, max(years.year) as year
    from years
    cross join {{ ref('int_inventory__assessment_year_chosen') }} as build
    inner join {{ ref('int_core__parameter_values_chosen') }} as least
        on least.parameter_id = 'dispersion.minimum_hours' and years.hours >= least.value
    where years.year <= {{ to_text('build.assessment_year') }}
    group by years.station_id
),

middle as (
    select {{ exact_mean('longitude') }} as longitude, {{ exact_mean('latitude') }} as latitude
    from {{ ref('dim_enterprise') }}
    where longitude is not null and latitude is not null
)

select
    hours.station_id,
    coalesce(full_year.year, 'all') as met_year,
    hours.observed_at,
    hours.wind_direction_deg,
    hours.wind_speed_m_s,
    hours.temperature_k,
    hours.cloud_cover_tenth,
    hours.global_radiation_wh_m2,
    hours.stability_word,
    hours.mixing_height_m,
    hours.longitude is not null and hours.latitude is not null as has_place,
    case when hours.longitude + hours.latitude is null then middle.longitude else hours.longitude end as longitude,
    case when hours.longitude + hours.latitude is null then middle.latitude else hours.latitude end as latitude,
    coalesce(hours.utc_offset_h, fact.utc_offset_h) as utc_offset_h
from hours
cross join middle
cross join {{ ref('stg_geography__profile_facts') }} as fact
left join full_year on full_year.station_id = hours.station_id
where full_year.year is null or full_year.year = hours.year
