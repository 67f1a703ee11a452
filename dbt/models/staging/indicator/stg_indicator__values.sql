select
    -- ids
    value_record.indicator_id,
    -- text
    value_record.indicator_name,
    value_record.area,
    value_record.unit,
    value_record.department,
    value_record.remark,
    -- numbers
    value_record.year,
    value_record.value,
    -- record
    {{ provenance('value_record') }}
from {{ source('indicator', 'value') }} as value_record
where not {{ list_has('value_record._flags', "'DATE-AFTER-AS-OF'") }}
