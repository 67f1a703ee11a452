-- Signs of the map of the network: sites of the environment by what becomes of them, and red and orange sources.
select
    site_id as place_id,
    longitude,
    latitude,
    case when medium_code = 'ambient_air' then '大气' else '其他介质' end || '：' || action as word
from {{ ref('d05_site') }}
where medium_code not in ('waste_gas', 'waste_water')
union all
select
    graded.enterprise_id as place_id,
    enterprise.longitude,
    enterprise.latitude,
    {{ grade_word('graded.grade') }} as word
from {{ ref('source_grade') }} as graded
inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = graded.enterprise_id
where graded.grade <= 2
