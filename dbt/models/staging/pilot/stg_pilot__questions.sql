select
    -- text
    question_row.channel,
    question_row.question,
    question_row.answer,
    question_row.is_public as is_public_word,
    -- times
    question_row.asked_on,
    question_row.answered_on,
    -- record
    {{ provenance('question_row') }}
from {{ source('pilot', 'question') }} as question_row
where not {{ list_has('question_row._flags', "'DATE-AFTER-AS-OF'") }}
