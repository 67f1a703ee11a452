select
    area_id,
    area_kind,
    name_cn,
    aliases,
    parent_id,
    area_km2,
    geometry_wkt,
    _origin
from {{ ref('int_core__areas_outlined') }}
