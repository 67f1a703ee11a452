{# How the valid respondents, with their weights before raking, fit the population. #}
select
    fitted.year,
    fitted.variable,
    fitted.category,
    {{ survey_group_word('fitted.variable', 'fitted.category') }} as category_word,
    fitted.n,
    fitted.share,
    fitted.population_share,
    fitted.statistic,
    fitted.degrees_of_freedom,
    fitted.p_value
from {{ ref('int_pilot__literacy_fitted') }} as fitted
