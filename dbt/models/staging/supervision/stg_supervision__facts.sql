select
    -- ids
    fact_row.object_id,
    -- text
    fact_row.object_kind,
    fact_row.fact,
    fact_row.value_text,
    fact_row.unit,
    fact_row.evidence,
    -- times
    fact_row.dated_on,
    -- record
    {{ provenance('fact_row') }}
from {{ source('supervision', 'fact') }} as fact_row
where not {{ list_has('fact_row._flags', "'DATE-AFTER-AS-OF'") }}
