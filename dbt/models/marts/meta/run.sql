-- The run that builds the edition. Its end and final status are known only when it ends; the publisher fills them.
select
    run_id,
    edition_no,
    started_at,
    cast(null as timestamp) as finished_at,
    code_version,
    'running' as status
from {{ source('intake', 'build') }}
