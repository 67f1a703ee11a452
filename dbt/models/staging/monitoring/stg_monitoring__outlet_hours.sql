{{ config(materialized='view') }}

select
    -- ids
    outlet_hour.permit_no,
    outlet_hour.credit_code,
    outlet_hour.outlet_no,
    outlet_hour.pollutant_id,
    -- text
    outlet_hour.value_text,
    outlet_hour.value_qualifier,
    outlet_hour.unit,
    outlet_hour.status_mark as status_word,
    -- numbers
    outlet_hour.flow_m3_h,
    outlet_hour.value,
    outlet_hour.value_limit,
    outlet_hour.converted_value,
    -- times
    outlet_hour.sampled_at,
    -- record
    {{ provenance('outlet_hour') }}
from {{ source('monitoring', 'outlet_hour') }} as outlet_hour
where not {{ list_has('outlet_hour._flags', "'DATE-AFTER-AS-OF'") }}
