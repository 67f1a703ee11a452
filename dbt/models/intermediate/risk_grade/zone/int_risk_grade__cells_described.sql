-- What grades a grid cell: the largest risks of its residents, its people, the share of them under 15 or over 64. Unknown is null.
with

risk as (
    select
        place_id,
        max(cancer_risk) as cancer_risk,
        max(max_organ_hazard_index) as hazard_index
    from {{ ref('health_risk_total') }}
    where place_kind = 'cell' and population_group <> 'worker'
    group by place_id
)

select
    cell.cell_id,
    cell.x_m,
    cell.y_m,
    cell.size_m,
    cell.area_id,
    cell.population,
    (cell.population_under_15 + cell.population_65_up) / nullif(cell.population, 0) as young_or_old_share,
    risk.cancer_risk,
    risk.hazard_index
from {{ ref('dim_grid_cell') }} as cell
left join risk on risk.place_id = cell.cell_id
