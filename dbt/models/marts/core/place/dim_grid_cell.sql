-- No population cell over a grid cell: its population is unknown (null), not zero.
select
    cell.cell_id,
    cell.x_m,
    cell.y_m,
    cell.size_m,
    cell.longitude,
    cell.latitude,
    place.area_id,
    people.population,
    people.population_under_15,
    people.population_65_up,
    {{ origin_join([origin_profile("'profile.grid_m'", 'cell.size_m', 'size_m'), 'people._origin']) }} as _origin
from {{ ref('int_core__grid_cells_drawn') }} as cell
left join {{ ref('int_core__places_assigned') }} as place on place.place_id = cell.cell_id
left join {{ ref('int_core__grid_cells_populated') }} as people
    on people.column_no = cell.column_no and people.row_no = cell.row_no
