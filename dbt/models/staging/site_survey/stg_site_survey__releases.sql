select
    -- ids
    release_record.credit_code,
    release_record.permit_no,
    release_record.pollutant_id,
    release_record.outlet_no,
    -- text
    release_record.enterprise_name,
    release_record.process_stage,
    release_record.release_form as release_form_word,
    release_record.technology,
    release_record.unit,
    release_record.discharge_to as discharge_to_word,
    release_record.method as method_word,
    release_record.remark,
    -- numbers
    release_record.survey_year,
    release_record.generated_quantity,
    release_record.removal_efficiency_pct / 100.0 as removal_efficiency,
    release_record.quantity,
    -- record
    {{ provenance('release_record') }}
from {{ source('site_survey', 'release') }} as release_record
where not {{ list_has('release_record._flags', "'DATE-AFTER-AS-OF'") }}
