select
    -- text
    sampling.street,
    -- numbers
    sampling.survey_year,
    sampling.sampled,
    sampling.responded,
    sampling.rechecked,
    sampling.consistent,
    -- record
    {{ provenance('sampling') }}
from {{ source('literacy', 'sampling') }} as sampling
where not {{ list_has('sampling._flags', "'DATE-AFTER-AS-OF'") }}
