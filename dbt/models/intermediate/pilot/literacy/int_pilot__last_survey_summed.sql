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
        year,
        cast(sum(sampled) as double) as sampled,
        cast(sum(responded) as double) as responded
    from {{ ref('int_pilot__samplings_dated') }}
    group by year
)

select
    whole.year,
    whole.estimate,
    whole.design_effect,
    sampled.responded / nullif(sampled.sampled, 0) as response_share
from whole
left join sampled on sampled.year = whole.year
