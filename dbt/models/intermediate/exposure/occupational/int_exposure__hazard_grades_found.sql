-- Hazard grade HR of GBZ/T 298 of each substance: the carcinogen notation of GBZ 2.1, else the IARC group; sensitisation and irritation
-- by notation and effect; the worst counts. Acute toxicity (LD50) is not at hand and could only raise a grade, so a grade is a lower
-- bound; a substance without any ground has none.
with

notation as (
    select
        cas_no as pollutant_id,
        carcinogen,
        sensitiser,
        effect_group
    from {{ ref('occupational_limit') }}
    where verified <> 'doubtful'
    qualify row_number() over (partition by cas_no order by form_is_default desc nulls last, valid_from desc nulls last) = 1
),

ground as (
    select notation.pollutant_id, grade.grade
    from notation
    inner join {{ ref('occupational_hazard_grade') }} as grade
        on (grade.criterion = 'gbz_carcinogen' and notation.carcinogen like '%' || grade.code || '%')
        or (grade.criterion = 'notation' and grade.code = 'sensitiser' and notation.sensitiser = 'yes')
        or (
            grade.criterion = 'effect_group'
            and {{ list_has(text_to_list('notation.effect_group'), 'grade.code') }}
        )
    union all
    select pollutant.pollutant_id, grade.grade
    from {{ ref('dim_pollutant') }} as pollutant
    left join notation on notation.pollutant_id = pollutant.pollutant_id
    inner join {{ ref('occupational_hazard_grade') }} as grade
        on grade.criterion = 'iarc_group'
        and (pollutant.iarc_group = grade.code or pollutant.iarc_group like grade.code || ' %')
    where notation.carcinogen is null
)

select pollutant_id, max(grade) as hazard_grade
from ground
group by pollutant_id
