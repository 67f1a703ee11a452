select
    -- ids
    answer.credit_code,
    answer.permit_no,
    -- text
    answer.enterprise_name,
    answer.question,
    answer.answer,
    -- numbers
    answer.survey_year,
    -- record
    {{ provenance('answer') }}
from {{ source('site_survey', 'answer') }} as answer
where not {{ list_has('answer._flags', "'DATE-AFTER-AS-OF'") }}
