select
    site.site_id,
    coalesce(site.longitude, outlet.longitude) as longitude,
    coalesce(site.latitude, outlet.latitude) as latitude,
    {{ code_word('site.medium', 'medium_of_environment') }} as word
from {{ ref('dim_monitoring_site') }} as site
left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = site.outlet_id
where site.site_role <> 'source'
