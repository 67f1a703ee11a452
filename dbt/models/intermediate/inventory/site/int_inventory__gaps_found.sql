-- Gaps of the inventory: sites without a place, and what its lists lack (inventory.inventory_gap).
select
    'PLACE:' || enterprise_id as gap_id,
    '企业 / site ' || coalesce(name, enterprise_id) as subject,
    '没有可用坐标 / no usable coordinates' as missing,
    '不进入距离、网格和地图 / left out of distances, grid and map' as effect,
    enterprise_id as subject_key
from {{ ref('dim_enterprise') }}
where longitude is null or latitude is null
union all
select
    'INVENTORY:' || gap_id as gap_id,
    subject,
    missing,
    effect,
    split_part(gap_id, ':', 1) as subject_key
from {{ ref('inventory_gap') }}
