{# Exposure factors that the survey and the national handbooks give, for whole groups. #}
select
    cast(
        row_number() over (
            order by label.sort_no asc nulls last, factor.parameter asc nulls last
        ) as integer
    ) as row_no,
    factor.population_group,
    factor.parameter,
    {{ code_word('factor.population_group', 'population_group') }} as group_name,
    factor.label_cn,
    {{ printed_unit('factor.unit') }} as unit,
    factor.n,
    factor.mean,
    factor.standard_error,
    factor.p05,
    factor.p50,
    factor.p95,
    factor.national_default,
    case factor.chosen_source when 'survey' then '本次调查' when 'national' then '国家值' end as chosen_source,
    factor.chosen_value,
    case
        when factor.chosen_source = 'survey' then {{ printed_number('factor.chosen_value', 3) }}
        else {{ printed_number('factor.chosen_value', 6) }}
    end as chosen_text
from {{ ref('exposure_factor') }} as factor
left join {{ ref('code_label') }} as label on label.code_set = 'population_group' and label.code = factor.population_group
where factor.stratum = 'all'
