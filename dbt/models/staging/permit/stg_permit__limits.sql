select
    -- ids
    limit_row.permit_no,
    limit_row.outlet_no,
    limit_row.pollutant_id,
    -- text
    limit_row.unit_name,
    limit_row.block as block_word,
    limit_row.outlet_name,
    limit_row.medium as medium_word,
    limit_row.concentration_limit_unit,
    limit_row.rate_limit_unit,
    limit_row.standard,
    limit_row.remark,
    -- numbers
    limit_row.concentration_limit,
    limit_row.rate_limit,
    limit_row.year_no,
    limit_row.annual_limit_t,
    -- record
    {{ provenance('limit_row') }}
from {{ source('permit', 'limit') }} as limit_row
where not {{ list_has('limit_row._flags', "'DATE-AFTER-AS-OF'") }}
