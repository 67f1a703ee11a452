select
    -- ids
    balance.permit_no,
    -- text
    balance.unit_name,
    balance.plant,
    balance.material,
    balance.period,
    balance.remark,
    -- numbers
    balance.input_t,
    balance.product_t,
    balance.water_t,
    balance.waste_t,
    balance.recovered_t,
    balance.destroyed_t,
    -- record
    {{ provenance('balance') }}
from {{ source('permit', 'balance') }} as balance
where not {{ list_has('balance._flags', "'DATE-AFTER-AS-OF'") }}
