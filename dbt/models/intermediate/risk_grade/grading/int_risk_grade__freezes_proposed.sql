-- Cuts that no decision and no profile holds yet, as rows ready for decisions/*.csv.
select
    'P-' || {{ id16(["'freeze'", 'cut_id']) }} as decision_id,
    'freeze' as kind,
    cut_id as object,
    {{ to_text('value') }} as value,
    cast(null as {{ type_string() }}) as role,
    cast(null as date) as date,
    state as reason,
    cast(null as date) as valid_until
from {{ ref('grade_cut') }}
where state in ('proposed', 'carried') and value is not null
