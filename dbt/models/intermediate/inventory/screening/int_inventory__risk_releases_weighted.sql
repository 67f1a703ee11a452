-- The releases of risk pollutants that make up the value by which risk sources are ranked.
select
    release.enterprise_id,
    release.pollutant_id,
    release.medium,
    release.emission_kg,
    release.low_kg,
    release.high_kg,
    release.leading_error_group,
    release.leading_error_share,
    release.weighted_kg * release.people_reached as toxicity_people
from {{ ref('int_inventory__site_releases_weighted') }} as release
inner join {{ ref('risk_pollutant') }} as pollutant on pollutant.pollutant_id = release.pollutant_id
where pollutant.is_risk_pollutant and release.weighted_kg > 0 and release.people_reached > 0
