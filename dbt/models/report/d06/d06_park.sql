-- Parks with an outline: each has a plate of its own.
select
    cast(row_number() over (order by area_no asc nulls last, area_id asc nulls last) as integer) as row_no,
    area_id,
    name_cn
from {{ ref('dim_area') }}
where area_kind = 'park' and geometry_wkt is not null
