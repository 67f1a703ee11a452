select
    respondent.survey_year as year,
    respondent.questionnaire_no,
    respondent.street,
    respondent.stratum,
    respondent.psu,
    respondent.weight,
    respondent.sex_word as sex,
    respondent.age_a,
    respondent.education_word as education,
    respondent.urban_rural_word as urban_rural,
    respondent.duration_s,
    coalesce(respondent.questionnaire_form, '') as questionnaire_form,
    respondent._file_no,
    respondent._sheet,
    respondent._row
from {{ ref('stg_literacy__respondents') }} as respondent
where respondent.survey_year is not null and respondent.questionnaire_no is not null
