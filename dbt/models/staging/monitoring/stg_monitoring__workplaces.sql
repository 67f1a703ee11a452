select
    -- ids
    workplace.credit_code,
    workplace.permit_no,
    workplace.pollutant_id,
    -- text
    workplace.enterprise_name,
    workplace.workshop,
    workplace.job,
    workplace.twa_text,
    workplace.twa_qualifier,
    workplace.stel_text,
    workplace.stel_qualifier,
    workplace.unit,
    workplace.laboratory,
    workplace.remark,
    -- numbers
    workplace.record_year,
    workplace.twa,
    workplace.twa_limit,
    workplace.stel,
    workplace.stel_limit,
    -- times
    workplace.sampled_at,
    -- record
    {{ provenance('workplace') }}
from {{ source('monitoring', 'workplace') }} as workplace
where not {{ list_has('workplace._flags', "'DATE-AFTER-AS-OF'") }}
