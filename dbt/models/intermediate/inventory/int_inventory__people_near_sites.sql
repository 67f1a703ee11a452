-- People round each site as the screening reads them. A population point stands for an area of unknown extent, so where
-- residents are points and no grid, none within a ring is no knowledge: unknown, not zero. A grid's zero is a zero.
with

layer as (
    select coalesce(bool_or(layer = 'point'), false) as is_points
    from {{ ref('int_receptor__residents_placed') }}
)

select
    surroundings.enterprise_id,
    surroundings.nearest_receptor_id,
    surroundings.nearest_receptor_m,
    case when not (layer.is_points and surroundings.population_within_1km = 0) then surroundings.population_within_1km end
        as population_within_1km,
    case when not (layer.is_points and surroundings.population_within_3km = 0) then surroundings.population_within_3km end
        as population_within_3km,
    case when not (layer.is_points and surroundings.population_within_5km = 0) then surroundings.population_within_5km end
        as population_within_5km
from {{ ref('int_inventory__site_surroundings') }} as surroundings
cross join layer
