-- What each enterprise adds to the water at the sites on the body that receives its effluent, µg/L, and to the biota there by the
-- bioconcentration factor, mg/kg. Dilution by kernel water_mixing; on the way first-order decay by the longest half-life known, so
-- that the higher concentration stands; without one nothing decays. Unknown where the flow of an effluent to the sea is.
with

half_life as (
    select pollutant_id, medium, half_life_high_d
    from {{ ref('half_life') }}
    where medium = 'surface_water' and verified <> 'doubtful'
),

diluted as (
    select
        reach.place_id,
        release.pollutant_id,
        release.enterprise_id,
        coalesce(release.outlet_kind, 'unknown') as outlet_kind,
        release.year,
        release.emission_g_s,
        release.emission_low_g_s,
        release.emission_high_g_s,
        reach.ug_l_per_g_s * coalesce(power(0.5, reach.travel_time_d / half_life.half_life_high_d), 1) as ug_l_per_g_s
    from {{ ref('int_exposure__water_releases_routed') }} as release
    inner join {{ ref('int_exposure__water_reaches_diluted') }} as reach
        on reach.outlet_id = release.outlet_id and reach.water_body = release.water_body
    left join half_life on half_life.pollutant_id = release.pollutant_id
    where release.discharge_route = 'direct' and reach.ug_l_per_g_s is not null
),

added as (
    select
        place_id,
        pollutant_id,
        enterprise_id,
        outlet_kind,
        year,
        {{ exact_sum('emission_g_s * ug_l_per_g_s * 1e9') }} / 1e9 as concentration,
        {{ exact_sum('emission_low_g_s * ug_l_per_g_s * 1e9') }} / 1e9 as concentration_low,
        {{ exact_sum('emission_high_g_s * ug_l_per_g_s * 1e9') }} / 1e9 as concentration_high
    from diluted
    group by place_id, pollutant_id, enterprise_id, outlet_kind, year
)

select
    added.place_id,
    place.place_kind,
    place.site_medium as medium,
    added.pollutant_id,
    added.enterprise_id,
    added.outlet_kind,
    added.year,
    added.concentration * case when place.site_medium = 'biota' then factor.bcf_l_kg / 1000 else 1 end as concentration,
    added.concentration_low * case when place.site_medium = 'biota' then factor.bcf_l_kg / 1000 else 1 end as concentration_low,
    added.concentration_high * case when place.site_medium = 'biota' then factor.bcf_l_kg / 1000 else 1 end as concentration_high,
    case when place.site_medium = 'biota' then 'mg/kg' else 'ug/L' end as unit
from added
inner join {{ ref('int_exposure__places_united') }} as place on place.place_id = added.place_id
left join {{ ref('bcf') }} as factor on factor.cas_no = added.pollutant_id and factor.verified <> 'doubtful'
where place.site_medium <> 'biota' or factor.bcf_l_kg is not null
