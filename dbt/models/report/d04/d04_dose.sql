{# Parameters of the doses: dose.<parameter>.<population>.<ages> of meta.parameter_used. #}
with

named as (
    select
        *,
        {{ text_to_list("replace(parameter_id, 'dose.', '')", '.') }} as name_parts
    from {{ ref('parameter_used') }}
    where used_by = 'exposure.health_risk' and parameter_id like 'dose.%'
)

select
    cast(row_number() over (order by parameter_id asc nulls last) as integer) as row_no,
    parameter_id,
    {{ code_word('name_parts[1]', 'dose_parameter') }} as parameter,
    {{ code_word('name_parts[2]', 'population_group') }} as population,
    substr(parameter_id, length(name_parts[1]) + length(name_parts[2]) + 8) as ages,
    cast(value as double) as value,
    unit,
    source_ref,
    {{ code_word('verified', 'verified') }} as verified
from named
