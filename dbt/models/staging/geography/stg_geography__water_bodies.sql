select
    -- text
    water_body.name,
    water_body.water_kind as water_kind_word,
    water_body.background_text,
    water_body.quality_class,
    water_body.water_use as water_use_word,
    water_body.remark,
    -- numbers
    water_body.flow_p90_m3_s,
    water_body.velocity_m_s,
    water_body.depth_m,
    water_body.initial_dilution,
    water_body.use_longitude,
    water_body.use_latitude,
    water_body.people_served,
    -- record
    {{ provenance('water_body') }}
from {{ source('geography', 'water_body') }} as water_body
where not {{ list_has('water_body._flags', "'DATE-AFTER-AS-OF'") }}
