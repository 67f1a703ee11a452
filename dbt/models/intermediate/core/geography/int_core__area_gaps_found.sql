-- Areas without an outline, with what that costs.
select
    'AREA:' || area_id as gap_id,
    '区域 / area ' || coalesce(name_cn, area_id) as subject,
    '没有边界 / no outline' as missing,
    case
        when area_kind = 'area'
            then '网格为空，无法划区和制图 / the grid is empty, no zoning and no map'
        else '只能按名称归属，无三公里环带，不上图 / sites join it by name only, no 3 km ring, not on the map'
    end as effect,
    area_id as subject_key
from {{ ref('dim_area') }}
where area_kind in ('area', 'park') and geometry_wkt is null
