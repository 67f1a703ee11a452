-- Who would change level on another grid: half and double the edge, and both shifted by half an edge. Grade 0 = unknown.
select
    size_m,
    offset_m,
    grade_from,
    grade_to,
    population
from {{ ref('int_risk_grade__grids_compared') }}
