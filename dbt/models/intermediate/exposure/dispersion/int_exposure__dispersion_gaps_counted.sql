-- What the dispersion takes by rule or lacks, counted: code, what it is about, how many, and the share that a cut-off loses.
with

rated_outlet as (
    select distinct outlet_id from {{ ref('int_exposure__air_emissions_rated') }}
),

outlet as (
    select
        source.reason_codes,
        rated_outlet.outlet_id is not null as releases
    from {{ ref('int_exposure__air_sources_described') }} as source
    left join rated_outlet on rated_outlet.outlet_id = source.outlet_id
),

outlet_code as (
    select {{ unnest_list('reason_codes') }} as code, releases from outlet
),

weather as (
    select
        station_id,
        min(met_year) as met_year,
        count(wind_speed_m_s) as hours,
        sum(case when stability_origin <> 'stated' then 1 else 0 end) as stability_derived,
        sum(case when mixing_height_is_derived then 1 else 0 end) as mixing_derived,
        sum(case when wind_speed_m_s >= calm.value and wind_direction_deg is not null then 1 else 0 end) as windy
    from {{ ref('int_exposure__weather_hours_classed') }}
    inner join {{ ref('int_core__parameter_values_chosen') }} as calm on calm.parameter_id = 'dispersion.calm_speed'
    group by station_id
),

modelled_place as (
    select distinct place_id
    from {{ ref('dispersion_factor') }}
    where averaging_time = 'year' and place_kind in ('receptor', 'cell')
),

near as (
    select count(distinct factor.place_id) as n
    from {{ ref('int_exposure__annual_factors_computed') }} as factor
    inner join {{ ref('int_core__parameter_values_chosen') }} as least
        on least.parameter_id = 'dispersion.minimum_distance_m' and factor.distance_m < least.value
),

mass as (
    select rated.outlet_id, {{ exact_sum('rated.emission_g_s') }} as emission_g_s
    from {{ ref('int_exposure__air_emissions_rated') }} as rated
    inner join {{ ref('int_exposure__air_sources_chosen') }} as source on source.outlet_id = rated.outlet_id
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = rated.pollutant_id and not pollutant.is_group
    group by rated.outlet_id
),

people as (
    select {{ exact_sum('people') }} as people
    from {{ ref('int_exposure__places_united') }}
    where counts_residents and x_m is not null
),

reached as (
    select {{ exact_sum('mass.emission_g_s * place.people') }} as emission_people
    from {{ ref('int_exposure__annual_factors_computed') }} as factor
    inner join mass on mass.outlet_id = factor.outlet_id
    inner join {{ ref('int_exposure__places_united') }} as place on place.place_id = factor.place_id and place.counts_residents
)

select code, 'outlet' as about, count(*) as n, cast(null as double) as share from outlet_code where releases group by code
union all
select
    'NO-METEOROLOGY' as code,
    'station' as about,
    0 as n,
    cast(null as double) as share
where not exists (select 1 from weather where hours > 0) and 'NO-METEOROLOGY' not in (select code from outlet_code where releases)
union all
select
    'CALM-ONLY' as code,
    'station' as about,
    count(*) as n,
    cast(null as double) as share
from weather where hours > 0 and windy = 0
union all
select
    'MET-SHORT' as code,
    'station' as about,
    count(*) as n,
    cast(null as double) as share
from weather where hours > 0 and met_year = 'all'
union all
select
    'STABILITY-DERIVED' as code,
    'hour' as about,
    sum(stability_derived) as n,
    cast(null as double) as share
from weather
union all
select
    'MIXING-DERIVED' as code,
    'hour' as about,
    sum(mixing_derived) as n,
    cast(null as double) as share
from weather
union all
select
    'PLACE-NO-PLACE' as code,
    'place' as about,
    count(*) as n,
    cast(null as double) as share
from {{ ref('int_exposure__places_united') }}
where x_m is null and place_kind in ('receptor', 'workshop')
union all
select
    'NEAR-SOURCE' as code,
    'place' as about,
    n as n,
    cast(null as double) as share
from near
union all
select
    'CUT-OFF' as code,
    'share' as about,
    1 as n,
    1 - coalesce(reached.emission_people, 0) / ({{ exact_sum('mass.emission_g_s') }} * people.people) as share
from mass
cross join people
cross join reached
group by reached.emission_people, people.people
having {{ exact_sum('mass.emission_g_s') }} * people.people > 0
union all
select
    'FACTOR-UNMATCHED' as code,
    'row' as about,
    count(*) as n,
    cast(null as double) as share
from {{ ref('int_exposure__imported_factors_matched') }}
where not is_used
union all
select
    'FACTOR-PARTIAL' as code,
    'place' as about,
    count(distinct lacked.place_id) as n,
    cast(null as double) as share
from {{ ref('int_exposure__factors_lacked') }} as lacked
inner join modelled_place on modelled_place.place_id = lacked.place_id
