select
    -- ids
    plan_row.site_id,
    -- text
    plan_row.item,
    plan_row.frequency,
    plan_row.method,
    plan_row.unit_name,
    plan_row.remark,
    -- times
    plan_row.valid_from,
    plan_row.valid_to,
    -- record
    {{ provenance('plan_row') }}
from {{ source('monitoring', 'plan') }} as plan_row
where not {{ list_has('plan_row._flags', "'DATE-AFTER-AS-OF'") }}
