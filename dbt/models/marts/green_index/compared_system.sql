select
    item.system_id,
    item.sort_no,
    item.name_cn,
    item.issuer_cn,
    item.object_cn,
    item.structure_cn,
    item.indicator_count_cn,
    item.normalisation_cn,
    item.weighting_cn,
    item.aggregation_cn,
    item.level_cn,
    item.difference_cn,
    item.source as source_ref,
    item.verified,
    {{ origin_seed('index_system', 'item', [
        'system_id', 'sort_no', 'name_cn', 'issuer_cn', 'object_cn', 'structure_cn', 'indicator_count_cn', 'normalisation_cn',
        'weighting_cn', 'aggregation_cn', 'level_cn', 'difference_cn']) }} as _origin
from {{ seed_rows('index_system') }} as item
