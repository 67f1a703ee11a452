select
    edition_no,
    code_version,
    profile,
    as_of,
    assessment_year
from {{ source('intake', 'previous_edition') }}
