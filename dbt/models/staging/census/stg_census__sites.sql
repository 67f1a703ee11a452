select
    -- ids
    site.credit_code,
    site.permit_no,
    site.registry_id,
    -- text
    site.name,
    site.former_names,
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
    site.water_body,
    site.status as status_word,
    -- numbers
    site.record_year,
    site.longitude,
    site.latitude,
    site.employees,
    site.output_value_kcny,
    -- record
    {{ provenance('site') }}
from {{ source('census', 'site') }} as site
where not {{ list_has('site._flags', "'DATE-AFTER-AS-OF'") }}
