-- The cuts as used, for meta.parameter_used: the seed and most profiles leave them empty.
select
    cut.cut_id as parameter_id,
    'risk_grade.source_grade' as used_by,
    {{ to_text('cut.value') }} as value,
    parameter.unit,
    cut.state || ': ' || parameter.source_ref as source_ref,
    parameter.verified,
    cut._origin
from {{ ref('grade_cut') }} as cut
inner join {{ ref('int_core__parameter_values_chosen') }} as parameter on parameter.parameter_id = cut.cut_id
where cut.value is not null
