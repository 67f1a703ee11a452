-- Villages that a survey can be drawn from: stratum = street and kind of village, size = residents of 15 to 69 years.
select
    {{ id16(["'literacy_frame'", 'village.street', 'village.village']) }} as point_id,
    village.village,
    village.street,
    coalesce(village.street, '') || coalesce('（' || village.village_kind || '）', '') as stratum,
    cast(village.people_15_69 as double) as persons,
    cast(village.households as integer) as households,
    area.area_id as street_id,
    {{ origin_cells('literacy_frame', 'village', {
        'point_id': 'village', 'street_id': 'street', 'stratum': 'village_kind', 'households': 'households',
        'residents_15_69': 'people_15_69'
    }) }} as _origin
from {{ ref('stg_literacy__frames') }} as village
left join {{ ref('dim_area') }} as area
    on area.area_kind = 'street' and area.name_cn = trim(village.street)
