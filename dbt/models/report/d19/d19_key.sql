-- The item bank with the right letters of every form: what the file 题库.csv holds for form A.
with

letters as (
    select
        question_no,
        form,
        min(dimension) as dimension,
        min(question_type) as question_type,
        min(points) as points,
        min(option_count) as option_count,
        {{ listagg_text("case when is_right then letter end", '', 'letter') }} as answer
    from {{ ref('questionnaire_option') }}
    group by question_no, form
)

select
    question_no,
    {{ code_word('min(dimension)', 'dimension_of_literacy') }} as dimension,
    case min(question_type) when 'multiple' then '多选' when 'single' then '单选' else '判断' end as question_kind,
    min(points) as points,
    min(option_count) as option_count,
    max(case when form = 'A' then answer end) as answer_a,
    max(case when form = 'B' then answer end) as answer_b,
    max(case when form = 'C' then answer end) as answer_c,
    max(case when form = 'D' then answer end) as answer_d
from letters
group by question_no
