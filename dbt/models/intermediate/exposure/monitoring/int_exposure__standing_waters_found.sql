-- Monitoring sites that lie on a lake or reservoir by their water body: GB 3838-2002 sets phosphorus and nitrogen of standing waters apart.
select distinct 'S:' || site.site_no as site_id
from {{ ref('int_core__monitoring_sites_unioned') }} as site
inner join {{ ref('stg_geography__water_bodies') }} as water_body on water_body.name = site.water_body
where water_body.water_kind_word like '%湖%' or water_body.water_kind_word like '%库%'
