select
    -- ids
    respondent.questionnaire_no,
    respondent.questionnaire_form,
    -- text
    respondent.street,
    respondent.stratum,
    respondent.psu,
    respondent.sex as sex_word,
    respondent.education as education_word,
    respondent.urban_rural as urban_rural_word,
    -- numbers
    respondent.survey_year,
    respondent.weight,
    respondent.age_a,
    respondent.duration_s,
    -- record
    {{ provenance('respondent') }}
from {{ source('literacy', 'respondent') }} as respondent
where not {{ list_has('respondent._flags', "'DATE-AFTER-AS-OF'") }}
