select
    {{ business_id('pilot_product', 'product', ['name', 'product_form', 'released_on'], told=['reach']) }} as product_id,
    product.name as name_cn,
    product.product_form,
    product.audience,
    product.released_on as released_at,
    product.reach,
    {{ origin_cells('pilot_product', 'product', {
        'name_cn': 'name', 'product_form': 'product_form', 'audience': 'audience', 'released_at': 'released_on', 'reach': 'reach'
    }) }} as _origin
from {{ ref('stg_pilot__products') }} as product
