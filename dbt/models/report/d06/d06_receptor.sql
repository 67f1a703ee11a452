select
    receptor_id,
    longitude,
    latitude,
    {{ code_word('receptor_kind', 'receptor_kind') }} as word
from {{ ref('dim_receptor') }}
