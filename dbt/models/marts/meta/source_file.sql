select
    file_no,
    file_sha256,
    path,
    source,
    form_id,
    encoding,
    first_seen_at,
    records_read,
    records_loaded,
    records_quarantined,
    records_skipped,
    status,
    superseded_by,
    unmapped_columns,
    size_bytes
from {{ source('intake', 'source_file') }}
