{# Exposure factors by population: of workers this survey's, all jobs together, beside the national value, and which one is used. #}
select
    cast(row_number() over (
        order by
            case population_group when 'worker' then 0 else 1 end asc nulls last, population_group asc nulls last, parameter asc nulls last
    ) as integer) as row_no,
    population_group,
    parameter,
    {{ code_word('population_group', 'population_group') }} as group_cn,
    label_cn,
    {{ printed_unit('unit') }} as unit,
    n,
    mean,
    standard_error,
    p05,
    p50,
    p95,
    national_default,
    case chosen_source when 'survey' then '本次调查' when 'national' then '国家值' end as chosen_source
from {{ ref('exposure_factor') }}
where stratum = 'all'
