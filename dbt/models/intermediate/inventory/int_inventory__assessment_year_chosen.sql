-- Tables without a year stand for this year: the profile's, else the last year up to the as-of date that has release data.
select
    coalesce(
        max(build.assessment_year),
        max(case when emission.year <= {{ period_year(to_text('build.as_of')) }} then emission.year end)
    ) as assessment_year
from {{ source('intake', 'build') }} as build
left join {{ ref('emission') }} as emission on emission.emission_t is not null
