select
    cell.hazard_class,
    cell.receptor_class,
    cell.base_grade,
    cell.verified,
    {{ origin_seed('grade_matrix_cell', 'cell', ['hazard_class', 'receptor_class', 'base_grade', 'verified']) }} as _origin
from {{ seed_rows('grade_matrix_cell') }} as cell
