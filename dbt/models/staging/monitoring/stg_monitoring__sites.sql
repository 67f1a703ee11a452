select
    -- ids
    site.site_id,
    site.permit_no,
    site.credit_code,
    site.outlet_no,
    -- text
    site.site_name as name,
    site.medium as medium_word,
    site.site_role as site_role_word,
    site.network,
    site.water_body,
    site.city,
    site.coordinate_system,
    site.in_use as in_use_word,
    site.remark,
    -- numbers
    site.longitude,
    site.latitude,
    -- record
    {{ provenance('site') }}
from {{ source('monitoring', 'site') }} as site
where not {{ list_has('site._flags', "'DATE-AFTER-AS-OF'") }}
