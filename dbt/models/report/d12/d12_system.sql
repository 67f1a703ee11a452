-- Other systems of assessment beside this index; what was not seen says 待核.
select
    system.sort_no as row_no,
    system.system_id,
    system.name_cn || '（' || system.issuer_cn || '）' as name_cn,
    system.object_cn,
    system.structure_cn,
    system.indicator_count_cn,
    '标准化：' || system.normalisation_cn || '；赋权：' || system.weighting_cn || '；合成：' || system.aggregation_cn as method_cn,
    system.level_cn,
    system.difference_cn,
    system.source_ref || '（' || {{ code_word('system.verified', 'verified') }} || '）' as source_ref
from {{ ref('compared_system') }} as system
