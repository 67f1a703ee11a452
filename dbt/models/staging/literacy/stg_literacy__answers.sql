select
    -- ids
    answer_record.questionnaire_no,
    answer_record.question_no,
    -- text
    answer_record.answer,
    -- numbers
    answer_record.survey_year,
    -- record
    {{ provenance('answer_record') }}
from {{ source('literacy', 'answer') }} as answer_record
where not {{ list_has('answer_record._flags', "'DATE-AFTER-AS-OF'") }}
