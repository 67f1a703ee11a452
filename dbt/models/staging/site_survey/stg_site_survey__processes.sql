select
    -- ids
    process.credit_code,
    process.permit_no,
    -- text
    process.enterprise_name,
    process.plant,
    process.process_unit,
    process.unit,
    process.remark,
    -- numbers
    process.survey_year,
    process.capacity,
    -- record
    {{ provenance('process') }}
from {{ source('site_survey', 'process') }} as process
where not {{ list_has('process._flags', "'DATE-AFTER-AS-OF'") }}
