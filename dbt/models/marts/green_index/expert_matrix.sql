with

cells as (
    select expert_no, layer, {{ origin_collect('cells') }} as _origin
    from {{ ref('int_green_index__judgements_read') }}
    group by expert_no, layer
)

select
    judged.expert_no,
    judged.layer,
    judged.size,
    judged.is_accepted,
    judged.consistency_ratio,
    judged.fault,
    judged.worst_row,
    judged.worst_column,
    cells._origin
from {{ ref('int_green_index__matrices_judged') }} as judged
left join cells on cells.expert_no = judged.expert_no and cells.layer = judged.layer
