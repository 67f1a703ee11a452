select
    enterprise_id,
    name,
    score,
    rank,
    rank_low,
    rank_high,
    band,
    is_high_risk,
    toxicity_people
from {{ source('intake', 'previous_risk_source') }}
