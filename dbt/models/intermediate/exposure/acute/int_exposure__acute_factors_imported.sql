-- Factors of one hour that were computed elsewhere, at the places that hourly peaks are modelled for.
select factor.outlet_id, factor.place_id, factor.chi_over_q_s_m3
from {{ ref('dispersion_factor') }} as factor
inner join {{ ref('int_exposure__acute_places_chosen') }} as place on place.place_id = factor.place_id
where factor.averaging_time = '1h' and factor.factor_origin = 'imported'
