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
    cast(row_number() over (order by named.parameter_id asc nulls last) as integer) as row_no,
    named.parameter_id,
    {{ code_word('named.parameter_code', 'dose_parameter') }} as parameter,
    {{ code_word('named.population_code', 'population_group') }} as population,
    replace(named.ages, '-', '–') as ages,
    cast(named.value as double) as value,
    case when named.unit = '1' then null else {{ printed_unit('named.unit') }} end as unit,
    case when named.verified = 'own' then '本项目选定' else source.source_cn end as source_ref,
    {{ code_word('named.verified', 'verified') }} as verified
from named
left join {{ ref('document_source') }} as source on source.source_ref = named.source_ref
