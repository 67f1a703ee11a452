-- What each enterprise adds to the water at the sites on the body that receives its effluent, µg/L, and to the biota there by the
-- bioconcentration factor, mg/kg. River: release / mixed flow; sea: effluent concentration / initial dilution, unknown where the
-- flow of the effluent is.
with

diluted as (
    select
        release.water_body,
        release.pollutant_id,
        release.enterprise_id,
        coalesce(release.outlet_kind, 'unknown') as outlet_kind,
        release.year,
        release.emission_g_s,
        release.emission_low_g_s,
        release.emission_high_g_s,
        case body.dilution_kind
            when 'full_mix' then 1000 / body.mixed_flow_m3_s
            when 'initial_dilution' then 1000 / (release.flow_m3_s * body.initial_dilution)
        end as ug_l_per_g_s
    from {{ ref('int_exposure__water_releases_routed') }} as release
    inner join {{ ref('int_exposure__water_bodies_diluting') }} as body on body.water_body = release.water_body
    where release.discharge_route = 'direct'
),

added as (
    select
        water_body,
        pollutant_id,
        enterprise_id,
        outlet_kind,
        year,
        {{ exact_sum('emission_g_s * ug_l_per_g_s * 1e9') }} / 1e9 as concentration,
        {{ exact_sum('emission_low_g_s * ug_l_per_g_s * 1e9') }} / 1e9 as concentration_low,
        {{ exact_sum('emission_high_g_s * ug_l_per_g_s * 1e9') }} / 1e9 as concentration_high
    from diluted
    where ug_l_per_g_s is not null
    group by water_body, pollutant_id, enterprise_id, outlet_kind, year
),

measured_at as (
    select place.place_id, place.place_kind, site.medium, trim(site.water_body) as water_body
    from {{ ref('int_exposure__places_united') }} as place
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = place.place_id
    where site.medium in ('surface_water', 'sea_water', 'drinking_water', 'biota')
)

select
    measured_at.place_id,
    measured_at.place_kind,
    measured_at.medium,
    added.pollutant_id,
    added.enterprise_id,
    added.outlet_kind,
    added.year,
    added.concentration * case when measured_at.medium = 'biota' then factor.bcf_l_kg / 1000 else 1 end as concentration,
    added.concentration_low * case when measured_at.medium = 'biota' then factor.bcf_l_kg / 1000 else 1 end as concentration_low,
    added.concentration_high * case when measured_at.medium = 'biota' then factor.bcf_l_kg / 1000 else 1 end as concentration_high,
    case when measured_at.medium = 'biota' then 'mg/kg' else 'ug/L' end as unit
from measured_at
inner join added on added.water_body = measured_at.water_body
left join {{ ref('bcf') }} as factor on factor.cas_no = added.pollutant_id and factor.verified <> 'doubtful'
where measured_at.medium <> 'biota' or factor.bcf_l_kg is not null
