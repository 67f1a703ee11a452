select
    -- ids
    product.credit_code,
    product.permit_no,
    -- text
    product.unit_name,
    product.product_name,
    product.product_code,
    product.unit,
    -- numbers
    product.record_year,
    product.capacity,
    product.quantity,
    -- record
    {{ provenance('product') }}
from {{ source('census', 'product') }} as product
where not {{ list_has('product._flags', "'DATE-AFTER-AS-OF'") }}
