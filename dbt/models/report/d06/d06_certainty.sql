select
    enterprise_id,
    longitude,
    latitude,
    certainty as word
from {{ ref('d06_source') }}
