-- Places of those who need more protection, in metres: schools, kindergartens, hospitals, homes for the elderly.
select
    place_id,
    x_m,
    y_m
from {{ ref('int_exposure__places_united') }}
where receptor_kind in ('school', 'kindergarten', 'hospital', 'elder_care') and x_m is not null and y_m is not null
