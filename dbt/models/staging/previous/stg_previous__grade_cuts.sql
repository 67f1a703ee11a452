select
    cut_id,
    value
from {{ source('intake', 'previous_grade_cut') }}
