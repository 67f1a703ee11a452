-- Bins and scores of classes of the screening, as meta.parameter_used lists them.
select
    'screening_bin.' || bin.criterion || '.' || bin.medium || '.' || {{ to_text('cast(bin.score as integer)') }} as parameter_id,
    'inventory.risk_pollutant' as used_by,
    {{ to_text('bin.lower_bound') }} as value,
    bin.unit,
    bin.source_ref,
    bin.verified,
    {{ origin_seed('screening_bin', 'bin', {'value': 'lower_bound', 'unit': 'unit'}) }} as _origin
from {{ seed_rows('screening_bin') }} as bin
union all
select
    'screening_class.' || class.attribute || '.' || class.code as parameter_id,
    'inventory.risk_pollutant' as used_by,
    {{ to_text('class.score') }} as value,
    '1' as unit,
    class.source_ref,
    class.verified,
    {{ origin_seed('screening_class_score', 'class', {'value': 'score'}) }} as _origin
from {{ seed_rows('screening_class_score') }} as class
