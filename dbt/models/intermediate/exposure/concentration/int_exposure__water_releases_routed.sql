-- What each outlet releases to water in the assessment year, as a mean rate, and where it goes: straight into a body of water, or to a
-- treatment plant, whose own permit counts what leaves it. A body that is named without a route is taken to receive it straight.
select
    emission.outlet_id,
    emission.enterprise_id,
    outlet.outlet_kind,
    emission.pollutant_id,
    emission.year,
    trim(outlet.water_body) as water_body,
    coalesce(route.code, 'direct') as discharge_route,
    flow.flow_m3_s,
    emission.emission_t * 1e6 / (8760 * 3600) as emission_g_s,
    coalesce(emission.emission_low_t, emission.emission_t) * 1e6 / (8760 * 3600) as emission_low_g_s,
    coalesce(emission.emission_high_t, emission.emission_t) * 1e6 / (8760 * 3600) as emission_high_g_s
from {{ ref('emission') }} as emission
inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = emission.outlet_id
left join {{ ref('int_inventory__code_words_normalised') }} as route
    on route.code_set = 'discharge_route' and route.word = lower(trim(outlet.discharge_to))
left join {{ ref('int_exposure__effluent_flows_measured') }} as flow on flow.outlet_id = emission.outlet_id
where emission.medium = 'water' and emission.enterprise_id not like '%-000'
