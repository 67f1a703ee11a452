{# The small map of a dossier: the source itself (row 0) and the listed receptors around it, the nearest first. #}
{%- set radius_m = 5000 -%}
with

measured as (
    select
        list.enterprise_id,
        receptor.receptor_id,
        receptor.name,
        receptor.receptor_kind,
        receptor.longitude,
        receptor.latitude,
        receptor.population,
        {{ surface_metres_between('list.longitude', 'list.latitude', 'receptor.longitude', 'receptor.latitude') }} as distance_m
    from {{ ref('d02_source') }} as list
    cross join {{ ref('dim_receptor') }} as receptor
    where receptor.receptor_kind <> 'population_point' and list.longitude is not null and receptor.longitude is not null
)

select
    enterprise_id,
    'R:' || receptor_id as place_id,
    cast(
        row_number() over (
            partition by enterprise_id order by distance_m asc nulls last, receptor_id asc nulls last
        ) as integer
    ) as row_no,
    name,
    '敏感点：' || {{ code_word('receptor_kind', 'receptor_kind') }} as kind,
    longitude,
    latitude,
    distance_m,
    population,
    false as is_site
from measured
where distance_m <= {{ radius_m }}
union all
select
    enterprise_id,
    'S:' || enterprise_id as place_id,
    0 as row_no,
    name,
    '风险源：' || grade as kind,
    longitude,
    latitude,
    cast(null as double) as distance_m,
    cast(null as double) as population,
    true as is_site
from {{ ref('d02_source') }}
where longitude is not null
