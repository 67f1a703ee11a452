select
    -- ids
    deliverable_id,
    edition_no,
    release_no,
    -- text
    format,
    state,
    path,
    folder,
    sha256
from {{ source('intake', 'document') }}
