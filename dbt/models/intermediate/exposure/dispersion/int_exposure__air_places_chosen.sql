-- The places that air reaches people at, or is measured at: sensitive places, cells, workshops, and sites of ambient air.
select place_id, place_kind, x_m, y_m
from {{ ref('int_exposure__places_united') }}
where x_m is not null
  and y_m is not null
  and (place_kind <> 'site' or site_medium in ('ambient_air', 'fugitive'))
