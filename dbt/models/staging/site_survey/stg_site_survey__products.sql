select
    -- ids
    product.credit_code,
    product.permit_no,
    product.cas_no,
    -- text
    product.enterprise_name,
    product.product_name,
    product.unit,
    product.remark,
    -- numbers
    product.survey_year,
    product.quantity,
    product.max_storage,
    -- record
    {{ provenance('product') }}
from {{ source('site_survey', 'product') }} as product
where not {{ list_has('product._flags', "'DATE-AFTER-AS-OF'") }}
