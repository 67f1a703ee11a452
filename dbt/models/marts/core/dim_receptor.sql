{{ config(pre_hook=["{{ load_spatial() }}"]) }}

with places as (
    select * from {{ ref('int_receptor__places_coded') }}
),

containing as (
    select
        place.receptor_id,
        area.area_id,
        row_number() over (
            partition by place.receptor_id
            order by {{ area_rank('area.area_kind') }} asc nulls last, area.area_id asc nulls last
        ) as choice
    from places as place
    inner join {{ ref('dim_area') }} as area
        on {{ contains_point(geometry_of('area.geometry_wkt'), point_of('place.longitude', 'place.latitude')) }}
)

select
    place.receptor_id,
    place.name,
    place.receptor_kind,
    containing.area_id,
    place.longitude,
    place.latitude,
    place.location_quality,
    place.population,
    place.population_under_15,
    place.population_15_64,
    place.population_65_up,
    {{ origin_cells('receptor_place', 'place', {
        'receptor_id': 'place_code',
        'name': 'name',
        'receptor_kind': 'receptor_kind',
        'longitude': 'longitude',
        'latitude': 'latitude',
        'population': 'population',
        'population_under_15': 'population_under_15',
        'population_15_64': 'population_15_64',
        'population_65_up': 'population_65_up',
    }) }} as _origin
from places as place
left join containing on containing.receptor_id = place.receptor_id and containing.choice = 1
