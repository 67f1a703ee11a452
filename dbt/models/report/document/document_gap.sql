-- Gaps that a document prints beside its list. Not here: what a whole edition lacks (meta.gap).
select
    'D01' as document_id,
    gap_id,
    subject,
    missing,
    effect,
    item_count
from {{ ref('inventory_gap') }}
