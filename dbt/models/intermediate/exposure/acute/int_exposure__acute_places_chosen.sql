-- Places that hourly peaks are modelled for: sensitive places and sites of ambient air, not every cell and no point of a wide area.
select place.place_id, place.x_m, place.y_m
from {{ ref('int_exposure__air_places_chosen') }} as place
inner join {{ ref('int_exposure__places_united') }} as described on described.place_id = place.place_id
where
    place.place_kind = 'site'
    or (place.place_kind = 'receptor' and coalesce(described.receptor_kind, '') <> 'population_point')
