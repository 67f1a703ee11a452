select
    -- ids
    factor.permit_no,
    factor.outlet_no,
    factor.receptor_code,
    -- text
    factor.coordinate_system,
    factor.averaging_time as averaging_time_word,
    factor.unit,
    factor.model,
    factor.remark,
    -- numbers
    factor.met_year,
    factor.longitude,
    factor.latitude,
    factor.factor,
    -- record
    {{ provenance('factor') }}
from {{ source('dispersion', 'factor') }} as factor
where not {{ list_has('factor._flags', "'DATE-AFTER-AS-OF'") }}
