-- One id a place: its own code where that names one place only, else a digest of code, name and kind.
with places as (
    select
        place.*,
        count(*) over (partition by place.place_code) as places_of_code
    from {{ ref('stg_receptor__places') }} as place
)

select
    'R:' || case
        when place.place_code is not null and place.places_of_code = 1 then place.place_code
        else {{ id16(['place.place_code', 'place.name', 'place.receptor_kind_word']) }}
    end as receptor_id,
    place.name,
    kind_code.code as receptor_kind,
    place.receptor_kind_word,
    place.longitude,
    place.latitude,
    {{ location_quality('place._flags', 'place.longitude') }} as location_quality,
    coalesce(
        place.population, place.population_under_15 + place.population_15_64 + place.population_65_up
    ) as population,
    place.population_under_15,
    place.population_15_64,
    place.population_65_up,
    {{ provenance('place') }}
from places as place
left join {{ ref('crosswalk_code') }} as kind_code
    on kind_code.code_set = 'receptor_kind' and lower(kind_code.word) = lower(trim(place.receptor_kind_word))
