select
    -- ids
    tank.permit_no,
    tank.tank_no,
    -- text
    tank.unit_name,
    tank.tank_kind,
    tank.material,
    tank.coating_colour,
    tank.remark,
    -- numbers
    tank.record_year,
    tank.diameter_m,
    tank.height_m,
    tank.turnover_t,
    tank.temperature_c + 273.15 as temperature_k,
    -- booleans
    {{ list_has('tank._flags', "'ASSUMED'") }} as is_temperature_assumed,
    -- record
    {{ provenance('tank') }}
from {{ source('permit', 'tank') }} as tank
where not {{ list_has('tank._flags', "'DATE-AFTER-AS-OF'") }}
