select
    -- ids
    material.credit_code,
    material.permit_no,
    -- text
    material.unit_name,
    material.material_name,
    material.material_code,
    material.unit,
    -- numbers
    material.record_year,
    material.quantity,
    -- record
    {{ provenance('material') }}
from {{ source('census', 'material') }} as material
where not {{ list_has('material._flags', "'DATE-AFTER-AS-OF'") }}
