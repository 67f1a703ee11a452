-- Other systems of assessment beside this index; what was not seen says 待核.
select
    system.sort_no as row_no,
    system.system_id,
    system.name_cn,
    system.issuer_cn,
    system.object_cn,
    system.structure_cn,
    system.indicator_count_cn,
    system.normalisation_cn,
    system.weighting_cn,
    system.aggregation_cn,
    system.level_cn,
    system.difference_cn,
    system.source_ref,
    {{ code_word('system.verified', 'verified') }} as verified
from {{ ref('compared_system') }} as system
