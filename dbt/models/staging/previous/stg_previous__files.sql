select
    file_no,
    file_sha256,
    path,
    source,
    status
from {{ source('intake', 'previous_file') }}
