select
    decision_id
from {{ source('intake', 'previous_decision') }}
