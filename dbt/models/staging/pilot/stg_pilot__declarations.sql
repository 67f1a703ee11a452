select
    -- ids
    deliverable_id,
    task_no,
    -- text
    name,
    title,
    one_of_six,
    standard,
    lead_key,
    style,
    sensitivity,
    -- numbers
    declared_line,
    -- booleans
    is_deliverable,
    -- times
    due
from {{ source('intake', 'deliverable') }}
