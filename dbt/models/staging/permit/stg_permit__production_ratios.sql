select
    -- ids
    production_ratio.permit_no,
    production_ratio.pollutant_id,
    production_ratio.report_no,
    -- text
    production_ratio.unit_name,
    production_ratio.pollutant_name,
    production_ratio.period,
    production_ratio.ratio_kind,
    production_ratio.industry_code,
    -- numbers
    production_ratio.ratio,
    -- record
    {{ provenance('production_ratio') }}
from {{ source('permit', 'production_ratio') }} as production_ratio
where not {{ list_has('production_ratio._flags', "'DATE-AFTER-AS-OF'") }}
