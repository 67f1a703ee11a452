-- Worked examples by formula, computed with this edition's constants.
select
    described.case_no,
    described.title,
    described.stage,
    described.pollutant_id,
    described.equation,
    described.inputs_text,
    computed.emission_kg,
    computed.reason_code,
    described.origin as _origin
from {{ ref('int_emission_factor__cases_described') }} as described
inner join {{ ref('int_emission_factor__cases_computed') }} as computed on computed.record_id = described.record_id
