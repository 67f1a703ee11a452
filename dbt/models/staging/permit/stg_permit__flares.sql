select
    -- ids
    flare.permit_no,
    flare.flare_no,
    -- text
    flare.unit_name,
    flare.composition_text,
    flare.remark,
    -- numbers
    flare.record_year,
    flare.gas_m3,
    flare.combustion_efficiency_pct / 100.0 as combustion_efficiency,
    -- record
    {{ provenance('flare') }}
from {{ source('permit', 'flare') }} as flare
where not {{ list_has('flare._flags', "'DATE-AFTER-AS-OF'") }}
