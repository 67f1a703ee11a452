select
    indicator.indicator_id,
    indicator.dimension,
    indicator.name_cn,
    indicator.unit,
    indicator.direction,
    indicator.target,
    indicator.floor,
    indicator.source_table,
    indicator.responsible,
    indicator.definition,
    indicator.formula,
    indicator.frequency,
    indicator.landing_file,
    indicator.target_basis,
    indicator.target_verified,
    indicator.missing_rule,
    indicator.source as source_ref,
    indicator.verified,
    {{ origin_seed('green_indicator', 'indicator', [
        'dimension', 'name_cn', 'unit', 'direction', 'target', 'floor', 'source_table', 'responsible', 'definition'
    ]) }} as _origin
from {{ seed_rows('green_indicator') }} as indicator
