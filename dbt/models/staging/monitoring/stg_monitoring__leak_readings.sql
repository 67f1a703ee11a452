select
    -- ids
    leak_reading.credit_code,
    leak_reading.permit_no,
    leak_reading.seal_point_no,
    -- text
    leak_reading.enterprise_name,
    leak_reading.plant,
    leak_reading.seal_point_kind,
    leak_reading.phase,
    leak_reading.net_reading_text,
    leak_reading.net_reading_qualifier,
    leak_reading.unit,
    leak_reading.composition_text,
    leak_reading.remark,
    -- numbers
    leak_reading.net_reading,
    leak_reading.net_reading_limit,
    leak_reading.run_hours_h,
    -- times
    leak_reading.tested_on,
    leak_reading.repaired_on,
    -- record
    {{ provenance('leak_reading') }}
from {{ source('monitoring', 'leak_reading') }} as leak_reading
where not {{ list_has('leak_reading._flags', "'DATE-AFTER-AS-OF'") }}
