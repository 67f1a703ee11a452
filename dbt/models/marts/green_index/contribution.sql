select
    indicator_id,
    area_id,
    year,
    contribution,
    change_from_last_year
from {{ ref('int_green_index__contributions_split') }}
