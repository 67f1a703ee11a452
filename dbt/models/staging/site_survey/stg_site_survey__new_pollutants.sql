select
    -- ids
    new_pollutant.credit_code,
    new_pollutant.permit_no,
    new_pollutant.cas_no,
    -- text
    new_pollutant.enterprise_name,
    new_pollutant.pollutant_name,
    new_pollutant.use_note,
    new_pollutant.remark,
    -- numbers
    new_pollutant.survey_year,
    -- record
    {{ provenance('new_pollutant') }}
from {{ source('site_survey', 'new_pollutant') }} as new_pollutant
where not {{ list_has('new_pollutant._flags', "'DATE-AFTER-AS-OF'") }}
