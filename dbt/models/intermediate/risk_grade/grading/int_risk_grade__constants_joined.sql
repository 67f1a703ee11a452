-- Every constant by which sources are graded: parameters as chosen, the five cuts as they stand in this edition.
select parameter.parameter_id, parameter.value
from {{ ref('int_core__parameter_values_chosen') }} as parameter
left join {{ ref('grade_cut') }} as cut on cut.cut_id = parameter.parameter_id
where cut.cut_id is null
union all
select cut_id as parameter_id, value
from {{ ref('grade_cut') }}
