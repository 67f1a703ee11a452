select
    -- text
    measurement.beach,
    measurement.dimension as dimension_word,
    measurement.indicator,
    measurement.value_text,
    measurement.value_qualifier,
    measurement.unit,
    measurement.remark,
    -- numbers
    measurement.value,
    measurement.value_limit,
    -- times
    measurement.measured_on,
    -- record
    {{ provenance('measurement') }}
from {{ source('beach', 'measurement') }} as measurement
where not {{ list_has('measurement._flags', "'DATE-AFTER-AS-OF'") }}
