select
    receptor.receptor_id,
    receptor.name,
    receptor.receptor_kind,
    place.area_id,
    receptor.longitude,
    receptor.latitude,
    receptor.location_quality,
    receptor.population,
    receptor.population_under_15,
    receptor.population_15_64,
    receptor.population_65_up,
    {{ origin_cells('receptor_place', 'receptor', {
        'receptor_id': 'name',
        'name': 'name',
        'receptor_kind': 'receptor_kind',
        'longitude': 'longitude',
        'latitude': 'latitude',
        'population': 'population',
        'population_under_15': 'population_under_15',
        'population_15_64': 'population_15_64',
        'population_65_up': 'population_65_up',
    }) }} as _origin
from {{ ref('int_core__receptors_coded') }} as receptor
left join {{ ref('int_core__places_assigned') }} as place on place.place_id = receptor.receptor_id
