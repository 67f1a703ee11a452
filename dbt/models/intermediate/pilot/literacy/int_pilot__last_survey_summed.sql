-- What the newest survey showed of its own design: one row, or none without a survey.
with

whole as (
    select
        year,
        estimate,
        design_effect
    from {{ ref('int_pilot__literacy_estimated') }}
    where dimension = 'total' and group_kind = 'all'
    qualify row_number() over (order by year desc nulls last) = 1
),

sampled as (
    select
        coalesce(survey_year, whole.year) as year,
        cast(sum(sampling.sampled) as double) as sampled,
        cast(sum(sampling.responded) as double) as responded
    from {{ ref('stg_literacy__samplings') }} as sampling
    cross join whole
    where coalesce(survey_year, whole.year) = whole.year
    group by coalesce(survey_year, whole.year)
)

select
    whole.year,
    whole.estimate,
    whole.design_effect,
    sampled.responded / nullif(sampled.sampled, 0) as response_share
from whole
left join sampled on sampled.year = whole.year
