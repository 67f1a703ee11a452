-- Items with the code of their dimension; an item of an unknown dimension or without points takes no part.
select
    question.survey_year as year,
    question.question_no,
    word.code as dimension,
    case when question.question_kind_word in ('单选', '单选题', '判断', '判断题') then 'single' else 'multiple' end as question_kind,
    question.answer,
    question.points,
    cast(question.option_count as double) as option_count
from {{ ref('stg_literacy__questions') }} as question
inner join {{ ref('crosswalk_code') }} as word
    on word.code_set = 'literacy_dimension' and word.word = trim(question.dimension_word)
where question.points > 0
