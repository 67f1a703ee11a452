select
    area.area_id,
    area.area_kind,
    area.name_cn,
    area.aliases,
    area.parent_id,
    area.area_km2,
    area.geometry_wkt,
    stated.area_no,
    area._origin
from {{ ref('int_core__areas_outlined') }} as area
left join {{ ref('stg_geography__profile_areas') }} as stated on stated.area_id = area.area_id
