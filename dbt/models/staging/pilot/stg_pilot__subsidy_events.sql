select
    -- ids
    subsidy_event.application_id,
    -- text
    subsidy_event.event,
    -- numbers
    subsidy_event.amount_yuan,
    -- times
    subsidy_event.happened_on,
    -- record
    {{ provenance('subsidy_event') }}
from {{ source('pilot', 'subsidy_event') }} as subsidy_event
where not {{ list_has('subsidy_event._flags', "'DATE-AFTER-AS-OF'") }}
