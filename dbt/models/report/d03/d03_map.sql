{# Points of the map: sites of the environment by medium. #}
select
    cast(row_number() over (order by site.medium asc nulls last, site.site_id asc nulls last) as integer) as row_no,
    site.site_id,
    substr(site.site_id, 3) as site_no,
    coalesce({{ code_word('site.medium', 'medium_of_environment') }}, '介质不明') as medium_name,
    site.longitude,
    site.latitude
from {{ ref('dim_monitoring_site') }} as site
where coalesce(site.medium, '') not in ('waste_gas', 'waste_water') and site.is_listed
