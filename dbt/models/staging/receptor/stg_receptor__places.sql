select
    -- ids
    place.place_code,
    -- text
    place.name,
    place.receptor_kind as receptor_kind_word,
    place.coordinate_system,
    place.street,
    place.state,
    place.remark,
    -- numbers
    place.longitude,
    place.latitude,
    place.population,
    place.population_under_15,
    place.population_15_64,
    place.population_65_up,
    place.density_km2,
    -- record
    {{ provenance('place') }}
from {{ source('receptor', 'place') }} as place
where not {{ list_has('place._flags', "'DATE-AFTER-AS-OF'") }}
