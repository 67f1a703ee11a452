select
    -- ids
    correction.credit_code,
    correction.permit_no,
    correction.field_id,
    -- text
    correction.enterprise_name,
    correction.dossier_no,
    correction.edition,
    correction.section,
    correction.field,
    correction.old_value,
    correction.new_value,
    correction.evidence,
    correction.confirmed_by,
    -- times
    correction.confirmed_on,
    -- record
    {{ provenance('correction') }}
from {{ source('site_survey', 'correction') }} as correction
where not {{ list_has('correction._flags', "'DATE-AFTER-AS-OF'") }}
