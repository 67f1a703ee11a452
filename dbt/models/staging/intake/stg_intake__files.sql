-- Files of the landing folder as the loader booked them: what a printed source names.
select
    file_no,
    file_sha256,
    path,
    source,
    status,
    records_loaded
from {{ source('intake', 'source_file') }}
