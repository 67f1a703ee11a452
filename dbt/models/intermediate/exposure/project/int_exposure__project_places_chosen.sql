-- The places that a project or plan is judged at: sensitive places, and the cells where people live.
select place_id, place_kind, receptor_kind, people, counts_residents, x_m, y_m
from {{ ref('int_exposure__places_united') }}
where place_kind in ('receptor', 'cell') and x_m is not null and y_m is not null and (place_kind = 'receptor' or people > 0)
