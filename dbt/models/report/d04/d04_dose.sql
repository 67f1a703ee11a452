{# Parameters of the doses: dose.<parameter>.<population>.<ages> of meta.parameter_used. #}
with

named as (
    select
        *,
        {% for name in ['parameter_code', 'population_code', 'ages'] -%}
        regexp_extract(parameter_id, '^dose\.([a-z0-9_]+)\.([a-z_]+)\.(.*)$', {{ loop.index }}) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('parameter_used') }}
    where used_by = 'exposure.health_risk' and parameter_id like 'dose.%'
)

select
    cast(row_number() over (order by parameter_id asc nulls last) as integer) as row_no,
    parameter_id,
    {{ code_word('parameter_code', 'dose_parameter') }} as parameter,
    {{ code_word('population_code', 'population_group') }} as population,
    ages,
    cast(value as double) as value,
    unit,
    source_ref,
    {{ code_word('verified', 'verified') }} as verified
from named
