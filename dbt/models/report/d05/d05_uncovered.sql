-- Places where people live at risk and no candidate site speaks for them.
select
    cast(row_number() over (order by cell.population desc nulls last, cell.cell_id asc nulls last) as integer) as row_no,
    cell.cell_id,
    area.name_cn as area_name,
    cell.longitude,
    cell.latitude,
    cell.population
from {{ ref('gap') }} as gap
inner join {{ ref('dim_grid_cell') }} as cell on cell.cell_id = gap.subject_key
left join {{ ref('dim_area') }} as area on area.area_id = cell.area_id
where gap.gap_id like 'NETWORK:uncoverable:%'
