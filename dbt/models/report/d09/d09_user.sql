select
    cast(row_number() over (order by user_id asc nulls last) as integer) as row_no,
    user_id,
    user_cn,
    sees_cn,
    does_cn,
    version_cn
from {{ ref('platform_user') }}
