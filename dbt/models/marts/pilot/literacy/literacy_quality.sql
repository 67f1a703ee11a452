{# Figures of quality by street, as the national report prints them. #}
with

judged as (
    select
        respondent.year,
        respondent.street,
        count(*) as returned,
        count(case when judged.reason is null then 1 end) as valid,
        count(case when judged.reason = 'SPEED' then 1 end) as too_fast,
        count(case when judged.reason = 'STRAIGHT-LINE' then 1 end) as straight_lined,
        count(case when judged.reason in ('AGE', 'WEIGHT') then 1 end) as not_of_the_population
    from {{ ref('int_pilot__respondents_read') }} as respondent
    inner join {{ ref('int_pilot__respondents_judged') }} as judged
        on judged.year = respondent.year and judged.questionnaire_no = respondent.questionnaire_no
    where respondent.street is not null
    group by respondent.year, respondent.street
)

select
    judged.year,
    judged.street,
    sampling.sampled,
    sampling.responded,
    cast(judged.returned as integer) as returned,
    cast(judged.valid as integer) as valid,
    {# of those that answered: what was answered and not handed in, or could not be read, is not valid either #}
    cast(judged.valid as double) / greatest(judged.returned, coalesce(sampling.responded, 0)) as valid_share,
    sampling.rechecked,
    cast(sampling.rechecked as double) / judged.valid as rechecked_share,
    cast(sampling.consistent as double) / nullif(sampling.rechecked, 0) as consistent_share,
    cast(judged.too_fast as integer) as too_fast,
    cast(judged.straight_lined as integer) as straight_lined,
    cast(judged.not_of_the_population as integer) as not_of_the_population,
    {{ origin_cells('literacy_sampling', 'sampling', {
        'sampled': 'sampled', 'responded': 'responded', 'rechecked': 'rechecked'
    }) }} as _origin
from judged
left join {{ ref('int_pilot__samplings_dated') }} as sampling
    on sampling.street = judged.street and sampling.year = judged.year
