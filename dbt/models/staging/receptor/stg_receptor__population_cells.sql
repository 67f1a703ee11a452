select
    -- text
    cell.coordinate_system,
    -- numbers
    cell.record_year,
    cell.longitude,
    cell.latitude,
    cell.cell_size_m,
    cell.population_under_15,
    cell.population_15_64,
    cell.population_65_up,
    cell.population,
    -- record
    {{ provenance('cell') }}
from {{ source('receptor', 'population_cell') }} as cell
where not {{ list_has('cell._flags', "'DATE-AFTER-AS-OF'") }}
