select
    scenario,
    application_id,
    amount_yuan as asked_yuan,
    award_yuan,
    place,
    reason
from {{ ref('int_pilot__awards_allocated') }}
