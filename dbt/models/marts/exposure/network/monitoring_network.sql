{# Every site that stands or may stand. Sites of ambient air are chosen by what they cover; those of chains are added where a link is
   missing; of other media every site in use is kept. A site whose place nobody knows is kept: nobody can say what it brings. The medium of a
   site that no list names is that of its results, where they are of one. #}
with

chain as (
    select
        site_id,
        max(case when is_existing then 1 else 0 end) = 1 as is_existing,
        min(chain_role) as chain_role,
        min(enterprise_id) as enterprise_id,
        max(place_id) as place_id
    from {{ ref('int_exposure__chain_links_found') }}
    group by site_id
),

twin as (
    select site_id, {{ list_agg_distinct('other_site_id') }} as redundant_with
    from {{ ref('int_exposure__network_redundancy_measured') }}
    group by site_id
),

measured as (
    select site_id, case when count(distinct medium) = 1 then min(medium) end as medium
    from {{ ref('monitoring_summary') }}
    group by site_id
),

standing as (
    select
        site.site_id,
        true as is_existing,
        coalesce(site.medium, measured.medium) as medium,
        site.site_role,
        case when chosen.place_id is not null then site.site_id end as place_id,
        site.enterprise_id,
        site.longitude,
        site.latitude,
        site.area_id
    from {{ ref('dim_monitoring_site') }} as site
    left join measured on measured.site_id = site.site_id
    left join {{ ref('int_exposure__network_sites_chosen') }} as chosen
        on chosen.place_id = site.site_id and chosen.is_candidate and site.medium = 'ambient_air'
    where coalesce(site.is_active, true)
),

new_air as (
    select
        'N:' || place.place_id as site_id,
        false as is_existing,
        'ambient_air' as medium,
        'sensitive' as site_role,
        place.place_id,
        cast(null as {{ type_string() }}) as enterprise_id,
        place.longitude,
        place.latitude,
        place.area_id
    from {{ ref('int_exposure__network_places_listed') }} as place
    inner join {{ ref('int_exposure__network_sites_chosen') }} as chosen on chosen.place_id = place.place_id
    where chosen.is_candidate and not place.is_existing
),

new_chain as (
    select
        chain.site_id,
        false as is_existing,
        case
            when chain.chain_role = 'boundary' then 'fugitive'
            when chain.chain_role = 'sensitive' then 'ambient_air'
            when outlet.outlet_kind in ('waste_water', 'workshop') then 'waste_water'
            when outlet.outlet_kind = 'stack' then 'waste_gas'
            else 'fugitive'
        end as medium,
        chain.chain_role as site_role,
        cast(null as {{ type_string() }}) as place_id,
        chain.enterprise_id,
        case when chain.chain_role = 'source' then outlet.longitude else site.longitude end as longitude,
        case when chain.chain_role = 'source' then outlet.latitude else site.latitude end as latitude,
        site.park_id as area_id
    from chain
    inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = chain.enterprise_id
    left join {{ ref('dim_outlet') }} as outlet on 'N:' || outlet.outlet_id = chain.site_id
    left join new_air on new_air.site_id = chain.site_id
    where not chain.is_existing and new_air.site_id is null
),

site as (
    select * from standing
    union all
    select * from new_air
    union all
    select * from new_chain
)

select
    site.site_id,
    site.is_existing,
    site.place_id is null or chosen.is_selected as is_selected,
    case
        when chosen.moved_place_id is not null then 'move'
        when site.is_existing and (site.place_id is null or chosen.is_selected) then 'keep'
        when site.is_existing then 'stop'
        when site.place_id is null or chosen.is_selected then 'add'
    end as action,
    chosen.pick_order,
    chosen.marginal_gain,
    chosen.covered_risk_share,
    site.medium,
    site.site_role,
    chain.chain_role,
    site.enterprise_id,
    site.place_id,
    site.longitude,
    site.latitude,
    site.area_id,
    chosen.covers_share,
    chosen.loss_if_stopped,
    {{ list_join(['twin.redundant_with'], 'varchar[]') }} as redundant_with,
    case when site.is_existing then 'N:' || chosen.moved_place_id else chosen.moved_place_id end as moved_site_id,
    chosen.is_fixed or chosen.place_id is null as is_fixed,
    chosen.is_selected_by_emission,
    chosen.weight_basis,
    chosen.cost_yuan_a,
    chosen.mean_distance_m,
    chosen.gap as optimality_gap,
    chosen.is_unique as is_choice_unique,
    chosen.is_nearest as is_choice_nearest
from site
left join {{ ref('int_exposure__network_sites_chosen') }} as chosen on chosen.place_id = site.place_id
left join chain on chain.site_id = site.site_id
left join twin on twin.site_id = site.site_id
