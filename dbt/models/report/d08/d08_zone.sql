-- Annex 1, areas: zones in which people live, of the stricter kinds.
select
    cast(
        row_number() over (order by zone.grade asc nulls last, zone.population desc nulls last, zone.zone_id asc nulls last)
        as integer
    ) as row_no,
    zone.zone_id,
    zone.name_cn,
    {{ code_word('zone.zone_kind', 'zone_kind') }} as zone_kind,
    {{ grade_word('zone.grade') }} as grade,
    zone.cell_count,
    zone.population
from {{ ref('zone') }} as zone
where zone.zone_kind in ('key_control', 'strengthened') and zone.population >= 1
