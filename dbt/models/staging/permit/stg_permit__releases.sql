select
    -- ids
    release_record.permit_no,
    release_record.outlet_no,
    release_record.pollutant_id,
    -- text
    release_record.unit_name,
    release_record.outlet_kind as outlet_kind_word,
    release_record.medium as medium_word,
    release_record.pollutant_name,
    release_record.unit,
    release_record.method as method_word,
    release_record.period,
    release_record.report_no,
    release_record.form_type,
    release_record.industry_code,
    release_record.remark,
    -- numbers
    release_record.quantity,
    -- record
    {{ provenance('release_record') }}
from {{ source('permit', 'release') }} as release_record
where not {{ list_has('release_record._flags', "'DATE-AFTER-AS-OF'") }}
