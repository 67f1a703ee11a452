select
    -- text
    population_record.variable,
    population_record.category,
    -- numbers
    population_record.survey_year,
    population_record.people,
    -- record
    {{ provenance('population_record') }}
from {{ source('literacy', 'population') }} as population_record
where not {{ list_has('population_record._flags', "'DATE-AFTER-AS-OF'") }}
