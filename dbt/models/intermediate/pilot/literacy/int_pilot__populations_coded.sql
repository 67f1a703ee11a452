-- Margins of the population by the name of the respondents' column.
select
    population.survey_year as year,
    word.code as variable,
    trim(population.category) as category,
    population.people
from {{ ref('stg_literacy__populations') }} as population
inner join {{ ref('crosswalk_code') }} as word
    on word.code_set = 'literacy_variable' and word.word = trim(population.variable)
where population.people > 0
