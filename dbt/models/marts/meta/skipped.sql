select
    record_id,
    file_no,
    sheet,
    row_number,
    field,
    reason_code,
    raw_table
from {{ source('intake', 'skipped') }}
