-- One factor for every pollutant: concentration (µg/m3) = chi_over_q_s_m3 × emission (g/s) × 1e6. A factor computed elsewhere stands in
-- place of our own for its outlet, place and averaging time.
with

imported as (
    select * from {{ ref('int_exposure__imported_factors_matched') }}
    where is_chosen
),

distance as (
    select
        imported.outlet_id,
        imported.place_id,
        imported.averaging_time,
        sqrt(power(place.x_m - source.x_m, 2) + power(place.y_m - source.y_m, 2)) as distance_m
    from imported
    inner join {{ ref('int_exposure__air_places_chosen') }} as place on place.place_id = imported.place_id
    left join {{ ref('int_exposure__air_sources_chosen') }} as source on source.outlet_id = imported.outlet_id
),

factor as (
    select
        own.outlet_id,
        own.place_id,
        'year' as averaging_time,
        own.met_station,
        own.met_year,
        'own' as factor_origin,
        own.distance_m,
        own.chi_over_q_s_m3,
        cast(null as integer) as file_no
    from {{ ref('int_exposure__annual_factors_computed') }} as own
    left join imported
        on imported.outlet_id = own.outlet_id and imported.place_id = own.place_id and imported.averaging_time = 'year'
    where imported.outlet_id is null
    union all
    select
        imported.outlet_id,
        imported.place_id,
        imported.averaging_time,
        cast(null as {{ type_string() }}) as met_station,
        imported.met_year,
        'imported' as factor_origin,
        distance.distance_m,
        imported.chi_over_q_s_m3,
        imported.file_no
    from imported
    left join distance
        on distance.outlet_id = imported.outlet_id
        and distance.place_id = imported.place_id
        and distance.averaging_time = imported.averaging_time
)

select
    factor.outlet_id,
    factor.place_id,
    factor.averaging_time,
    place.place_kind,
    factor.met_station,
    factor.met_year,
    factor.factor_origin,
    factor.distance_m,
    factor.chi_over_q_s_m3,
    factor.file_no
from factor
inner join {{ ref('int_exposure__air_places_chosen') }} as place on place.place_id = factor.place_id
