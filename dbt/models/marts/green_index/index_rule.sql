select
    item.rule_id,
    item.kind,
    item.scope,
    item.condition_cn,
    item.fact,
    item.operator,
    item.threshold,
    item.result,
    item.text_cn,
    item.source as source_ref,
    item.verified,
    {{ origin_seed('green_rule', 'item', [
        'rule_id', 'kind', 'scope', 'condition_cn', 'fact', 'operator', 'threshold', 'result', 'text_cn']) }} as _origin
from {{ seed_rows('green_rule') }} as item
