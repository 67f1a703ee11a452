select
    gap_id,
    subject,
    missing,
    effect,
    item_count
from {{ ref('inventory_gap') }}
order by gap_id asc nulls last
