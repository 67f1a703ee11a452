select
    -- ids
    site.permit_no,
    site.credit_code,
    site.registry_id,
    -- text
    site.name,
    site.industry_code,
    site.industry_name,
    site.address,
    site.city,
    site.county,
    site.state,
    site.postal_code,
    site.park,
    site.coordinate_system,
    site.coordinate_note,
    site.management_class,
    site.status as status_word,
    site.parent_company,
    site.chemicals,
    site.air_pollutants,
    site.water_pollutants,
    site.air_standard,
    site.water_standard,
    site.remark,
    -- numbers
    site.record_year,
    site.longitude,
    site.latitude,
    site.employees,
    -- times
    site.valid_from,
    site.valid_to,
    -- record
    {{ provenance('site') }}
from {{ source('permit', 'site') }} as site
where not {{ list_has('site._flags', "'DATE-AFTER-AS-OF'") }}
