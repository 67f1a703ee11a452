select
    -- ids
    leak.credit_code,
    leak.permit_no,
    leak.pollutant_id,
    -- text
    leak.enterprise_name,
    leak.plant,
    leak.reading_distribution,
    leak.remark,
    -- numbers
    leak.record_year,
    leak.seal_points,
    leak.leak_points,
    leak.timely_repair_pct / 100.0 as timely_repair_share,
    leak.emission_t,
    -- record
    {{ provenance('leak') }}
from {{ source('monitoring', 'leak') }} as leak
where not {{ list_has('leak._flags', "'DATE-AFTER-AS-OF'") }}
