select
    -- ids
    person.questionnaire_no,
    person.credit_code,
    -- text
    person.enterprise_name,
    person.job,
    person.sex as sex_word,
    person.breathing as breathing_word,
    person.skin_exposure,
    person.protection,
    person.stratum,
    person.psu,
    -- numbers
    person.survey_year,
    person.age_a,
    person.weight_kg,
    person.height_cm,
    person.work_hours_h_d,
    person.work_days_d_a,
    person.service_a,
    person.water_ml_d,
    person.weight,
    -- record
    {{ provenance('person') }}
from {{ source('exposure_survey', 'person') }} as person
where not {{ list_has('person._flags', "'DATE-AFTER-AS-OF'") }}
