-- The constants that some model reads, as meta.parameter_used lists them; the cuts that an edition proposes for itself stand
-- there by int_risk_grade__cuts_listed.
select
    parameter_id,
    used_by,
    {{ to_text('value') }} as value,
    unit,
    source_ref,
    verified,
    _origin
from {{ ref('int_core__parameter_values_chosen') }}
where is_read and parameter_id not like 'grading.%_cut_%'
