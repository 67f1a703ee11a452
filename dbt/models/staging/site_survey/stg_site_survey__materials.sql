select
    -- ids
    material.credit_code,
    material.permit_no,
    material.cas_no,
    -- text
    material.enterprise_name,
    material.material_name,
    material.unit,
    material.remark,
    -- numbers
    material.survey_year,
    material.quantity,
    material.max_storage,
    -- record
    {{ provenance('material') }}
from {{ source('site_survey', 'material') }} as material
where not {{ list_has('material._flags', "'DATE-AFTER-AS-OF'") }}
