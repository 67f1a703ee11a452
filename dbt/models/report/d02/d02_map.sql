{# Points of the static map: sources by band and receptors by kind. #}
with

points as (
    select
        'S:' || enterprise_id as point_id,
        enterprise_id as object_id,
        name,
        '风险源：' || grade as grade,
        longitude,
        latitude,
        case grade when '高风险' then 0 when '中风险' then 1 when '低风险' then 2 else 3 end as layer
    from {{ ref('d02_source') }}
    union all
    select
        'R:' || receptor_id as point_id,
        receptor_id as object_id,
        name,
        '敏感点：' || {{ code_word('receptor_kind', 'receptor_kind') }} as grade,
        longitude,
        latitude,
        4 as layer
    from {{ ref('dim_receptor') }}
    where receptor_kind <> 'population_point'
)

select
    cast(row_number() over (order by layer desc nulls last, point_id asc nulls last) as integer) as row_no,
    point_id,
    object_id,
    name,
    grade,
    longitude,
    latitude
from points
