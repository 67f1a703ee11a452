select
    enterprise_id,
    grade,
    hazard_class,
    receptor_class,
    management_step,
    floor_grade
from {{ source('intake', 'previous_source_grade') }}
