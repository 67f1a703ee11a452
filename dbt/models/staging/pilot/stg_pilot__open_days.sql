select
    -- ids
    open_day.credit_code,
    -- text
    open_day.enterprise_name,
    open_day.session,
    open_day.remark,
    -- numbers
    open_day.visitors,
    open_day.satisfied,
    open_day.surveyed,
    -- times
    open_day.open_on,
    -- record
    {{ provenance('open_day') }}
from {{ source('pilot', 'open_day') }} as open_day
where not {{ list_has('open_day._flags', "'DATE-AFTER-AS-OF'") }}
