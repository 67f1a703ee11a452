-- Where residents are counted, each of them once: the cells of the population grid, by their centres; where the area has no
-- grid, its population points. The people of schools, hospitals and residential places of the list of sensitive places live
-- in those cells: they never add to them.
with cells as (
    select
        longitude,
        latitude,
        people,
        _file_no,
        _sheet,
        _row
    from {{ ref('int_core__population_cells_projected') }}
    where people >= 0
),

points as (
    select
        longitude,
        latitude,
        population as people,
        _file_no,
        _sheet,
        _row
    from {{ ref('int_core__receptors_coded') }}
    where receptor_kind = 'population_point' and longitude is not null and latitude is not null and population >= 0
)

select
    'cell' as layer,
    cells.*
from cells
union all
select
    'point' as layer,
    points.*
from points
where not exists (select 1 from cells)
