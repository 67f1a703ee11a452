select
    cast(
        row_number() over (order by released_at asc nulls last, name_cn asc nulls last, product_id asc nulls last) as integer
    ) as row_no,
    product_id,
    name_cn,
    product_form,
    audience,
    released_at,
    reach
from {{ ref('publicity_product') }}
