-- How the sample fits the population, by margin and category.
select
    cast(
        row_number() over (
            order by
                fit.year asc nulls last, fit.variable asc nulls last,
                case when fit.variable = 'education' then {{ schooling_place('fit.category') }} end asc nulls last,
                fit.category asc nulls last
        ) as integer
    ) as row_no,
    fit.year,
    fit.variable as variable_code,
    {{ code_word('fit.variable', 'literacy_variable') }} as variable,
    fit.category,
    fit.category_word as category_cn,
    fit.n,
    100 * fit.share as share_pct,
    100 * fit.population_share as population_share_pct,
    fit.statistic,
    fit.p_value,
    case when fit.p_value < 0.05 then '有差异' when fit.p_value >= 0.05 then '未见差异' else '未检验' end as verdict
from {{ ref('literacy_fit') }} as fit
