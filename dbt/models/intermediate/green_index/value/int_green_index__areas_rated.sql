-- Areas that an index is made for: the zone, its parks, and cities that the profile names to compare with.
select
    area_id,
    area_kind,
    name_cn,
    aliases,
    parent_id,
    area_km2
from {{ ref('dim_area') }}
where area_kind in ('area', 'park') or (area_kind = 'city' and area_no is not null)
