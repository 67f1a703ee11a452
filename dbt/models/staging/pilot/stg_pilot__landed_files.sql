select
    path,
    file_sha256,
    status
from {{ source('intake', 'source_file') }}
