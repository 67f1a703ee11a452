-- One factor for every pollutant: concentration (µg/m3) = chi_over_q_s_m3 × emission (g/s) × 1e6.
select
    factor.outlet_id,
    factor.place_id,
    'year' as averaging_time,
    place.place_kind,
    factor.met_station,
    factor.met_year,
    'own' as factor_origin,
    factor.distance_m,
    factor.chi_over_q_s_m3
from {{ ref('int_exposure__annual_factors_computed') }} as factor
inner join {{ ref('int_exposure__air_places_chosen') }} as place on place.place_id = factor.place_id
