-- Cuts that no decision and no profile holds yet, as rows ready for decisions/*.csv.
select
    'P-' || {{ id16(["'freeze'", 'cut_id']) }} as decision_id,
    'freeze' as kind,
    cut_id as object,
    {{ to_text('value') }} as value,
    cast(null as {{ type_string() }}) as role,
    cast(null as date) as date,
    case state when 'carried' then '沿用上一版的界' else '本版风险源的分位数' end || '，冻结后各版不变' as reason,
    cast(null as date) as valid_until
from {{ ref('grade_cut') }}
where state in ('proposed', 'carried') and value is not null
