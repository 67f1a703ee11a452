{# Answers of the newest year of the workers' survey, one row a person and exposure factor (seed exposure_parameter), null where the
   person did not answer: who is left out of the rows would be lost to the design. The word of breathing intensity stands for the
   national rate of that activity. #}
{%- set answers = {
    'weight_kg': 'person.weight_kg', 'height_cm': 'person.height_cm', 'work_hours_h_d': 'person.work_hours_h_d',
    'work_days_d_a': 'person.work_days_d_a', 'service_a': 'person.service_a', 'water_ml_d': 'person.water_ml_d',
    'breathing': 'breathing.rate_l_min',
} -%}
with

breathing as (
    select activity.word, max(rate.mean) as rate_l_min
    from {{ ref('crosswalk_code') }} as activity
    inner join {{ ref('national_exposure_factor') }} as rate
        on rate.parameter = 'inhalation_rate_l_min' and rate.activity_or_season = activity.code and rate.verified <> 'doubtful'
    where activity.code_set = 'breathing_activity'
    group by activity.word
),

person as (
    select *
    from {{ ref('stg_exposure_survey__persons') }}
    qualify survey_year is not distinct from max(survey_year) over ()
)

select
    person._record_id as person_id,
    parameter.parameter,
    parameter.survey_column,
    parameter.outlier_scale,
    case parameter.survey_column
        {% for column, expression in answers.items() -%}
        when '{{ column }}' then {{ expression }}
        {% endfor -%}
    end as value,
    person.weight,
    person.stratum,
    person.psu,
    trim(person.job) as job,
    sex.code as sex,
    person._file_no,
    person._sheet,
    person._row
from person
cross join {{ ref('exposure_parameter') }} as parameter
left join {{ ref('crosswalk_code') }} as sex
    on sex.code_set = 'sex' and lower(sex.word) = lower(trim(person.sex_word))
left join breathing on breathing.word = trim(person.breathing_word)
where parameter.survey_column is not null
