select
    indicator_id,
    area_id,
    year,
    value,
    source_table,
    origin
from {{ source('intake', 'previous_indicator_value') }}
