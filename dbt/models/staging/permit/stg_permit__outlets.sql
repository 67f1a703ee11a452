select
    -- ids
    outlet.permit_no,
    outlet.outlet_no,
    -- text
    outlet.unit_name,
    outlet.outlet_name,
    outlet.outlet_kind as outlet_kind_word,
    outlet.coordinate_system,
    outlet.discharge_to,
    outlet.water_body,
    outlet.plant,
    outlet.process_step,
    outlet.remark,
    -- numbers
    outlet.record_year,
    outlet.longitude,
    outlet.latitude,
    outlet.height_m,
    outlet.diameter_m,
    coalesce(outlet.temperature_k, outlet.temperature_c + 273.15) as temperature_k,
    outlet.velocity_m_s,
    outlet.source_width_m,
    -- booleans
    {{ list_has('outlet._flags', "'ASSUMED'") }} as is_temperature_assumed,
    -- record
    {{ provenance('outlet') }}
from {{ source('permit', 'outlet') }} as outlet
where not {{ list_has('outlet._flags', "'DATE-AFTER-AS-OF'") }}
