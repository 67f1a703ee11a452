select
    enterprise_id,
    edition_no,
    as_of,
    computed_colour,
    colour
from {{ source('intake', 'previous_code_history') }}
