select
    -- ids
    fact_row.object_id,
    -- text
    fact_row.object_kind,
    fact_row.fact,
    fact_row.unit,
    fact_row.evidence,
    -- numbers
    fact_row.value,
    -- times
    fact_row.dated_on,
    -- record
    {{ provenance('fact_row') }}
from {{ source('pilot', 'fact') }} as fact_row
where not {{ list_has('fact_row._flags', "'DATE-AFTER-AS-OF'") }}
