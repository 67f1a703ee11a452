-- The questions of each form as they are printed.
select
    form,
    question_no,
    min(
        case question_type when 'multiple' then '（多选）' when 'single' then '（单选）' else '（判断）' end || question
    ) as question,
    {{ listagg_text("letter || '．' || option_text", '　', 'letter') }} as options,
    '' as answer
from {{ ref('questionnaire_option') }}
group by form, question_no
