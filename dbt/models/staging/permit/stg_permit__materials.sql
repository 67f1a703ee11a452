select
    -- ids
    material.permit_no,
    -- text
    material.unit_name,
    material.plant,
    material.material_name,
    material.unit,
    material.period,
    material.remark,
    -- numbers
    material.quantity,
    -- record
    {{ provenance('material') }}
from {{ source('permit', 'material') }} as material
where not {{ list_has('material._flags', "'DATE-AFTER-AS-OF'") }}
