-- Units that the profile names for tasks and deliverables beside those in the lead.
select
    -- ids
    unit.object_id,
    -- text
    unit.object_kind,
    unit.unit_name,
    unit.unit_role,
    unit.duty,
    unit.source_ref,
    unit.verified
from {{ source('intake', 'profile_unit') }} as unit
