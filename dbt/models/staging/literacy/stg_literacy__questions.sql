select
    -- ids
    question_record.question_no,
    -- text
    question_record.dimension as dimension_word,
    question_record.question_kind as question_kind_word,
    question_record.question,
    question_record.answer,
    -- numbers
    question_record.survey_year,
    question_record.points,
    question_record.option_count,
    -- record
    {{ provenance('question_record') }}
from {{ source('literacy', 'question') }} as question_record
where not {{ list_has('question_record._flags', "'DATE-AFTER-AS-OF'") }}
