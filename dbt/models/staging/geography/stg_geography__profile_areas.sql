select
    -- ids
    area.area_id,
    area.parent_id,
    -- text
    area.area_kind,
    area.name_cn,
    area.aliases,
    area.geometry_wkt,
    area.area_km2,
    area.area_no,
    area.file
from {{ source('intake', 'area') }} as area
