-- What of a source's load leaves through each outlet to each medium in the assessment year: tonnes of the releases that have a weight of
-- their own, and the load that they make. A release of unknown weight is no part of it.
select
    emission.enterprise_id,
    emission.outlet_id,
    emission.medium,
    {{ exact_sum('emission.emission_t') }} as emission_t,
    {{ exact_sum('release.weighted_kg * (emission.emission_t * 1000 / release.emission_kg)') }} as weighted_kg
from {{ ref('emission') }} as emission
inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
inner join {{ ref('int_risk_grade__releases_loaded') }} as release
    on
        release.enterprise_id = emission.enterprise_id
        and release.pollutant_id = emission.pollutant_id
        and release.medium = emission.medium
where emission.emission_t > 0 and release.weighted_kg > 0
group by emission.enterprise_id, emission.outlet_id, emission.medium
