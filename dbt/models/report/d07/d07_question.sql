select
    question_no as row_no,
    question_cn,
    weight,
    score_yes,
    score_partly,
    score_no
from {{ ref('survey_question') }}
