-- The weighted releases of every risk source, over all substances with a toxicity weight of their own route: whether a substance is
-- a risk pollutant hangs on who else is in the zone, a load must not. A weight borrowed from the other route grades nothing;
-- such a release is unknown (`lacks_weight`).
select
    release.enterprise_id,
    release.pollutant_id,
    release.medium,
    release.emission_kg,
    release.low_kg,
    release.high_kg,
    release.leading_error_group,
    release.leading_error_share,
    release.reaches_receiving_body,
    release.own_share,
    case when not release.is_weight_borrowed then release.toxicity_weight end as toxicity_weight,
    release.measured_kg * release.own_share * release.toxicity_weight as measured_weighted_kg,
    case when not release.is_weight_borrowed then release.weighted_kg end as weighted_kg,
    release.is_weighted_medium and release.emission_kg * release.own_share > 0
    and (release.toxicity_weight is null or release.is_weight_borrowed) and not pollutant.is_group as lacks_weight
from {{ ref('int_inventory__site_releases_weighted') }} as release
inner join {{ ref('int_inventory__risk_sources_gathered') }} as source on source.enterprise_id = release.enterprise_id
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = release.pollutant_id
