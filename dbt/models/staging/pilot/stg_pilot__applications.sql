select
    -- ids
    application.application_id,
    application.credit_code,
    -- text
    application.applicant,
    application.category as category_word,
    application.remark,
    -- numbers
    application.amount_yuan,
    -- times
    application.applied_on,
    -- record
    {{ provenance('application') }}
from {{ source('pilot', 'application') }} as application
where not {{ list_has('application._flags', "'DATE-AFTER-AS-OF'") }}
