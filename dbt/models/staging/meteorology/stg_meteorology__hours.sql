{{ config(materialized='view') }}

-- A calm hour has no direction. Files write it as 0, which is not north (north is 360); calm = force 0 of GB/T 28591-2012,
-- 0.0-0.2 m/s. A direction of 0 with more wind than that is kept as north.
select
    -- ids
    met_hour.station_id,
    -- text
    met_hour.station_name,
    met_hour.stability as stability_word,
    -- numbers
    case
        when met_hour.wind_direction_deg = 0 and met_hour.wind_speed_m_s <= 0.2 then null
        when met_hour.wind_direction_deg = 0 then 360
        else met_hour.wind_direction_deg
    end as wind_direction_deg,
    met_hour.wind_speed_m_s,
    met_hour.temperature_c + 273.15 as temperature_k,
    met_hour.dew_point_c + 273.15 as dew_point_k,
    met_hour.relative_humidity_pct / 100.0 as relative_humidity_share,
    met_hour.pressure_pa,
    met_hour.cloud_cover_tenth,
    met_hour.mixing_height_m,
    met_hour.global_radiation_wh_m2,
    met_hour.direct_radiation_wh_m2,
    met_hour.longitude,
    met_hour.latitude,
    met_hour.elevation_m,
    met_hour.utc_offset_h,
    -- booleans
    met_hour.wind_speed_m_s <= 0.2 as is_calm,
    -- times
    met_hour.observed_at,
    -- record
    {{ provenance('met_hour') }}
from {{ source('meteorology', 'hour') }} as met_hour
where not {{ list_has('met_hour._flags', "'DATE-AFTER-AS-OF'") }}
