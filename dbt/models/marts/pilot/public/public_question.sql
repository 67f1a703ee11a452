select
    {{ business_id('pilot_question', 'asked', ['channel', 'asked_on', 'question'], told=['answered_on']) }} as question_id,
    asked.channel,
    asked.asked_on as asked_at,
    asked.question,
    asked.answered_on as answered_at,
    cast(asked.answered_on - asked.asked_on as integer) as days_to_answer,
    word.code = 'true' as is_public,
    asked.answer,
    {{ origin_cells('pilot_question', 'asked', {
        'channel': 'channel', 'asked_at': 'asked_on', 'question': 'question', 'answered_at': 'answered_on',
        'is_public': 'is_public', 'answer': 'answer'
    }) }} as _origin
from {{ ref('stg_pilot__questions') }} as asked
left join {{ ref('crosswalk_code') }} as word on word.code_set = 'yes_no' and word.word = trim(asked.is_public_word)
