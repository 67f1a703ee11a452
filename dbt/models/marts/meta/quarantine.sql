select
    quarantine_id,
    record_id,
    file_no,
    sheet,
    row_number,
    field,
    value,
    reason_code,
    message,
    raw_table
from {{ source('intake', 'quarantine') }}
