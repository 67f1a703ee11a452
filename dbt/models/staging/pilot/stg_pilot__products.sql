select
    -- text
    product_row.name,
    product_row.product_form,
    product_row.audience,
    -- numbers
    product_row.reach,
    -- times
    product_row.released_on,
    -- record
    {{ provenance('product_row') }}
from {{ source('pilot', 'product') }} as product_row
where not {{ list_has('product_row._flags', "'DATE-AFTER-AS-OF'") }}
