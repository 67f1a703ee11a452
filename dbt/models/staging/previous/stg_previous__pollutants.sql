select
    pollutant_id,
    name_cn,
    list_codes,
    score,
    rank,
    rank_low,
    rank_high,
    is_risk_pollutant,
    is_high_risk
from {{ source('intake', 'previous_pollutant') }}
