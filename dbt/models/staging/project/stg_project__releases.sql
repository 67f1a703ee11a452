select
    -- ids
    release_row.project_id,
    release_row.outlet_no,
    release_row.pollutant_id,
    -- text
    release_row.outlet_kind as outlet_kind_word,
    release_row.coordinate_system,
    release_row.medium as medium_word,
    release_row.reference,
    release_row.remark,
    -- numbers
    release_row.longitude,
    release_row.latitude,
    release_row.height_m,
    release_row.diameter_m,
    release_row.temperature_c + 273.15 as temperature_k,
    release_row.velocity_m_s,
    release_row.source_width_m,
    release_row.increment_t,
    release_row.replaced_t,
    release_row.reduction_t,
    -- booleans
    {{ list_has('release_row._flags', "'ASSUMED'") }} as is_temperature_assumed,
    -- record
    {{ provenance('release_row') }}
from {{ source('project', 'release') }} as release_row
where not {{ list_has('release_row._flags', "'DATE-AFTER-AS-OF'") }}
