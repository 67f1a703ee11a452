select
    item.step_no,
    item.stage,
    item.step_cn,
    item.who_cn,
    item.when_cn,
    item.content_cn,
    item.record_cn,
    item.source as source_ref,
    item.verified,
    {{ origin_seed('index_procedure', 'item', ['step_no', 'stage', 'step_cn', 'who_cn', 'when_cn', 'content_cn', 'record_cn']) }} as _origin
from {{ seed_rows('index_procedure') }} as item
