select
    answered.survey_year as year,
    answered.questionnaire_no,
    answered.question_no,
    answered.answer
from {{ ref('stg_literacy__answers') }} as answered
where answered.questionnaire_no is not null and answered.question_no is not null
