-- Places of the siting of ambient air: who lives there at what risk (demand), where a site stands or may stand (candidates). Kept whatever
-- they bring: background sites, continuous stations, the sensitive links of chains. People count once (counts_residents).
with

risk as (
    select
        place_id,
        max(greatest(coalesce(cancer_risk, 0), coalesce(0.00001 * max_organ_hazard_index, 0))) as risk
    from {{ ref('health_risk_total') }}
    where population_group <> 'worker' and (cancer_risk is not null or max_organ_hazard_index is not null)
    group by place_id
),

level as (
    select distinct place_id
    from {{ ref('int_exposure__network_levels_summed') }}
    where level > 0
),

continuous as (
    select distinct site_id
    from {{ ref('int_exposure__plan_current_listed') }}
    where frequency = 'continuous'
),

chained as (
    select distinct link.place_id
    from {{ ref('int_exposure__chain_links_found') }} as link
    left join {{ ref('dim_monitoring_site') }} as site on site.site_id = link.place_id
    where link.chain_role = 'sensitive' and link.place_id is not null and coalesce(site.medium, 'ambient_air') = 'ambient_air'
)

select
    place.place_id,
    place.place_kind,
    place.x_m,
    place.y_m,
    place.longitude,
    place.latitude,
    place.area_id,
    place.people,
    risk.risk,
    place.counts_residents and coalesce(place.people > 0, false) as is_demand,
    site.site_id is not null as is_existing,
    site.site_id is not null or chained.place_id is not null
    or (place.counts_residents and place.people > 0 and level.place_id is not null) as is_candidate,
    chained.place_id is not null or coalesce(site.site_role = 'background', false) or continuous.site_id is not null as is_kept
from {{ ref('int_exposure__places_united') }} as place
left join risk on risk.place_id = place.place_id
left join level on level.place_id = place.place_id
left join {{ ref('dim_monitoring_site') }} as site
    on site.site_id = place.place_id and site.medium = 'ambient_air' and coalesce(site.is_active, true)
left join continuous on continuous.site_id = site.site_id
left join chained on chained.place_id = place.place_id
where
    place.x_m is not null and place.y_m is not null
    and (place.counts_residents or site.site_id is not null or chained.place_id is not null)
