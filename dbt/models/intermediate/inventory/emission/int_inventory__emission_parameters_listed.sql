-- Tiers, uncertainties and shared errors of the accounting methods, as meta.parameter_used lists them.
select
    'emission_method_tier.' || method.method as parameter_id,
    'inventory.emission_claim' as used_by,
    {{ to_text('method.tier') }} as value,
    '1' as unit,
    method.source_ref,
    method.verified,
    {{ origin_seed('emission_method', 'method', {'value': 'tier'}) }} as _origin
from {{ seed_rows('emission_method') }} as method
union all
select
    'emission_half_width.' || grade.quality as parameter_id,
    'inventory.emission' as used_by,
    {{ to_text('grade.half_width') }} as value,
    '1' as unit,
    grade.source_ref,
    grade.verified,
    {{ origin_seed('emission_uncertainty', 'grade', {'value': 'half_width'}) }} as _origin
from {{ seed_rows('emission_uncertainty') }} as grade
union all
select
    'emission_errors_shared_by.' || correlation.method as parameter_id,
    'inventory.emission_total' as used_by,
    correlation.errors_shared_by as value,
    cast(null as {{ type_string() }}) as unit,
    correlation.source_ref,
    correlation.verified,
    {{ origin_seed('emission_correlation', 'correlation', {'value': 'errors_shared_by'}) }} as _origin
from {{ seed_rows('emission_correlation') }} as correlation
