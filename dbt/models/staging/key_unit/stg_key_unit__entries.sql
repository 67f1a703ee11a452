select
    -- ids
    entry.credit_code,
    entry.permit_no,
    -- text
    entry.list_name,
    entry.name,
    entry.industry_code,
    entry.industry_name,
    entry.list_class,
    entry.chemicals,
    entry.address,
    entry.city,
    entry.county,
    entry.state,
    entry.postal_code,
    entry.coordinate_system,
    entry.remark,
    -- numbers
    entry.list_year,
    entry.sequence_no,
    entry.longitude,
    entry.latitude,
    -- booleans
    entry.water,
    entry.air,
    entry.soil,
    entry.groundwater,
    entry.risk,
    -- record
    {{ provenance('entry') }}
from {{ source('key_unit', 'entry') }} as entry
where not {{ list_has('entry._flags', "'DATE-AFTER-AS-OF'") }}
