select
    -- ids
    industry.credit_code,
    industry.permit_no,
    -- text
    industry.industry_code,
    industry.is_primary,
    -- numbers
    industry.record_year,
    industry.sequence_no,
    -- record
    {{ provenance('industry') }}
from {{ source('census', 'industry') }} as industry
where not {{ list_has('industry._flags', "'DATE-AFTER-AS-OF'") }}
