select
    edition_no,
    code_version,
    profile,
    assessment_year
from {{ source('intake', 'previous_edition') }}
