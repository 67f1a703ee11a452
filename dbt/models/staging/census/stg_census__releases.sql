select
    -- ids
    release_record.credit_code,
    release_record.permit_no,
    release_record.outlet_no,
    release_record.pollutant_id,
    -- text
    release_record.unit_name,
    release_record.medium as medium_word,
    release_record.unit,
    release_record.method as method_word,
    release_record.technology,
    -- numbers
    release_record.record_year,
    release_record.generated_quantity,
    release_record.quantity,
    release_record.removal_efficiency_pct / 100.0 as removal_efficiency,
    -- record
    {{ provenance('release_record') }}
from {{ source('census', 'release') }} as release_record
where not {{ list_has('release_record._flags', "'DATE-AFTER-AS-OF'") }}
