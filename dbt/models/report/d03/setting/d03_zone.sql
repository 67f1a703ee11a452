{# One row: what the zone is that D03 reports of. #}
with

zone as (
    select
        cast(count(case when area_kind = 'park' then 1 end) as integer) as park_count,
        cast(count(case when area_kind = 'street' then 1 end) as integer) as street_count,
        max(case when area_kind = 'area' then area_km2 end) as zone_km2,
        {{ listagg_text("case when area_kind = 'park' then name_cn end", '、', 'area_no asc nulls last, area_id') }} as park_names
    from {{ ref('dim_area') }}
),

receptors as (
    select cast(count(*) as integer) as receptor_count
    from {{ ref('dim_receptor') }}
),

residents as (
    select {{ exact_sum('population') }} as population
    from {{ ref('dim_grid_cell') }}
)

select
    'D03' as document_id,
    'area' as area_kind,
    zone.*,
    receptors.*,
    residents.*
from zone
cross join receptors
cross join residents
