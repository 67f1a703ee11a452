{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- Areas with their size, and a ring round every park whose outline came from a landing file (the profile brings its own rings).
with joined as (
    select * from {{ ref('int_core__areas_matched') }}
),

rings as (
    select
        park.area_id || '-ring3km' as area_id,
        'park_ring_3km' as area_kind,
        park.name_cn || '周边3公里' as name_cn,
        {{ text_to_list('null') }} as aliases,
        park.area_id as parent_id,
        {{ wkt_of(to_degrees(ring_of(to_metric(geometry_of('park.geometry_wkt'), 'fact.crs_metric'), 3000), 'fact.crs_metric')) }}
            as geometry_wkt,
        cast(null as double) as area_km2,
        park._origin
    from joined as park
    cross join {{ ref('stg_geography__profile_facts') }} as fact
    where park.area_kind = 'park'
      and park.geometry_wkt is not null
      and park.area_id || '-ring3km' not in (select area_id from joined)
),

areas as (
    select * from joined
    union all
    select * from rings
)

select
    areas.area_id,
    areas.area_kind,
    areas.name_cn,
    areas.aliases,
    areas.parent_id,
    areas.geometry_wkt,
    coalesce(
        areas.area_km2, {{ area_km2(to_metric(geometry_of('areas.geometry_wkt'), 'fact.crs_metric')) }}
    ) as area_km2,
    areas._origin
from areas
cross join {{ ref('stg_geography__profile_facts') }} as fact
