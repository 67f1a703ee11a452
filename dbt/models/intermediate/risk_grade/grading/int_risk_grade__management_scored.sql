{# Management score 0-100 of the survey's twenty questions: weight earned over weight answered. What does not apply stands in
   neither; what nobody answered is unknown: no score where less than the stated share of the applicable weight is answered.
   The two ends take every open question for a no and for a yes. Of several answers to one question the newest counts. #}
with

needed as (
    select max(case when parameter_id = 'grading.management_answered_share' then value end) as answered_share
    from {{ ref('int_core__parameter_values_chosen') }}
),

whole as (
    select {{ exact_sum('weight') }} as weight
    from {{ ref('site_survey_question') }}
),

answer as (
    select
        matched.enterprise_id,
        question.question_id,
        question.weight,
        word.code,
        case word.code
            when 'yes' then question.score_yes
            when 'partly' then question.score_partly
            when 'no' then question.score_no
        end as share
    from {{ ref('stg_site_survey__answers') }} as answer
    inner join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'site_survey_answer' and matched._record_id = answer._record_id
    inner join {{ ref('site_survey_question') }} as question
        on {{ question_key('question.question_cn') }} = {{ question_key('answer.question') }}
    left join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'survey_answer' and lower(word.word) = lower(trim(answer.answer))
    qualify
        row_number() over (
            partition by matched.enterprise_id, question.question_id
            order by
                answer.survey_year desc nulls last, answer._file_no desc nulls last, answer._sheet asc nulls last,
                answer._row asc nulls last, answer._record_id asc nulls last
        ) = 1
),

summed as (
    select
        enterprise_id,
        coalesce({{ exact_sum('case when share is not null then weight end') }}, 0) as answered,
        coalesce({{ exact_sum('weight * share') }}, 0) as earned,
        coalesce({{ exact_sum("case when code = 'not_applicable' then weight end") }}, 0) as not_applicable,
        cast(count(case when share is not null or code = 'not_applicable' then 1 end) as integer) as answer_count
    from answer
    group by enterprise_id
)

select
    summed.enterprise_id,
    summed.answer_count,
    case
        when summed.answered > 0 and summed.answered >= needed.answered_share * (whole.weight - summed.not_applicable)
            then 100 * summed.earned / summed.answered
    end as management_score,
    case
        when summed.answered > 0 and summed.answered >= needed.answered_share * (whole.weight - summed.not_applicable)
            then 100 * summed.earned / (whole.weight - summed.not_applicable)
    end as management_low,
    case
        when summed.answered > 0 and summed.answered >= needed.answered_share * (whole.weight - summed.not_applicable)
            then
                100 * (summed.earned + whole.weight - summed.not_applicable - summed.answered)
                / (whole.weight - summed.not_applicable)
    end as management_high
from summed
cross join needed
cross join whole
