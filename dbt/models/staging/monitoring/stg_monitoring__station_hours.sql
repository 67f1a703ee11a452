{{ config(materialized='view') }}

select
    -- ids
    station_hour.site_id,
    station_hour.pollutant_id,
    -- text
    station_hour.value_text,
    station_hour.value_qualifier,
    station_hour.unit,
    station_hour.averaging_time as averaging_time_word,
    station_hour.network,
    -- numbers
    station_hour.value,
    station_hour.value_limit,
    -- times
    station_hour.sampled_at,
    -- record
    {{ provenance('station_hour') }}
from {{ source('monitoring', 'station_hour') }} as station_hour
where not {{ list_has('station_hour._flags', "'DATE-AFTER-AS-OF'") }}
