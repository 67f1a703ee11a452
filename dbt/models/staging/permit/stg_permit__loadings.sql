select
    -- ids
    loading.permit_no,
    -- text
    loading.unit_name,
    loading.loading_mode,
    loading.material,
    loading.remark,
    -- numbers
    loading.record_year,
    loading.loaded_t,
    loading.temperature_c + 273.15 as temperature_k,
    loading.recovery_efficiency_pct / 100.0 as recovery_efficiency,
    -- booleans
    {{ list_has('loading._flags', "'ASSUMED'") }} as is_temperature_assumed,
    -- record
    {{ provenance('loading') }}
from {{ source('permit', 'loading') }} as loading
where not {{ list_has('loading._flags', "'DATE-AFTER-AS-OF'") }}
