select
    -- ids
    product.permit_no,
    -- text
    product.unit_name,
    product.plant,
    product.product_name,
    product.unit,
    product.period,
    product.remark,
    -- numbers
    product.quantity,
    -- record
    {{ provenance('product') }}
from {{ source('permit', 'product') }} as product
where not {{ list_has('product._flags', "'DATE-AFTER-AS-OF'") }}
