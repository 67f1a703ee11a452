select
    cast(row_number() over (order by interface_id asc nulls last) as integer) as row_no,
    interface_id,
    name_cn,
    direction_cn,
    content_cn,
    format_cn,
    place
from {{ ref('platform_interface') }}
