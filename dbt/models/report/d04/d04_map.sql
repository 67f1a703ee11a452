{# Points of the map: sensitive places by level of risk. #}
select
    row_no,
    place_id,
    name,
    '敏感点：' || risk_level as grade,
    longitude,
    latitude
from {{ ref('d04_receptor') }}
