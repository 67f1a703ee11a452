select
    question.question_no,
    question.question_cn,
    question.weight,
    question.score_yes,
    question.score_partly,
    question.score_no,
    question.verified,
    {{ origin_seed('site_survey_question', 'question', [
        'question_no', 'question_cn', 'weight', 'score_yes', 'score_partly', 'score_no', 'verified',
    ]) }} as _origin
from {{ seed_rows('site_survey_question') }} as question
