-- Tables without a year stand for this year: the profile's, else the last year up to the as-of date that has release data.
select
    coalesce(
        max(build.assessment_year),
        max(case when claim.year <= {{ period_year(to_text('build.as_of')) }} then claim.year end)
    ) as assessment_year
from {{ source('intake', 'build') }} as build
left join {{ ref('int_inventory__emission_claims_summed') }} as claim on claim.emission_t is not null
