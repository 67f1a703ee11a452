select
    -- ids
    model_value.source_group,
    -- text
    model_value.run_name,
    model_value.averaging_time as averaging_time_word,
    model_value.rank,
    model_value.ended,
    model_value.network_id,
    -- numbers
    model_value.hours,
    model_value.years,
    model_value.x_m,
    model_value.y_m,
    model_value.concentration_ug_m3,
    model_value.elevation_m,
    model_value.hill_height_m,
    model_value.flag_height_m,
    -- record
    {{ provenance('model_value') }}
from {{ source('dispersion', 'model_value') }} as model_value
where not {{ list_has('model_value._flags', "'DATE-AFTER-AS-OF'") }}
