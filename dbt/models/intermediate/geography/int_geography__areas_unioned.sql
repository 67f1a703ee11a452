{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- The profile names the areas; a landing file may add streets and villages and bring the outline of an area that the profile
-- only names. The profile's own outline wins: it is the one the parks were agreed on.
with profile_areas as (
    select
        area_id, area_kind, name_cn, aliases, parent_id, geometry_wkt, area_km2, file
    from {{ ref('stg_geography__profile_areas') }}
),

coded_features as (
    select
        coalesce(feature.feature_id, {{ id16(['feature.feature_kind_word', 'feature.name']) }}) as feature_area_id,
        kind_code.code as area_kind,
        feature.name,
        feature.aliases,
        feature.parent_id,
        feature.geometry_wkt,
        {{ origin_cells('geography_feature', 'feature', {'name_cn': 'name', 'geometry_wkt': 'geometry'}) }} as _origin
    from {{ ref('stg_geography__features') }} as feature
    inner join {{ ref('crosswalk_code') }} as kind_code
        on kind_code.code_set = 'area_kind' and lower(kind_code.word) = lower(trim(feature.feature_kind_word))
),

features as (
    select
        feature_area_id,
        area_kind,
        min(name) as name_cn,
        min(aliases) as aliases,
        min(parent_id) as parent_id,
        {{ wkt_of(outline_union(geometry_of('geometry_wkt'))) }} as geometry_wkt,
        {{ origin_collect('_origin') }} as _origin
    from coded_features
    group by feature_area_id, area_kind
),

-- a feature is the profile's area when it has its id, or its name within the same kind
matched as (
    select
        features.*,
        by_id.area_id as profile_area_id,
        row_number() over (partition by by_id.area_id order by features.feature_area_id asc nulls last) as match_no
    from features
    left join profile_areas as by_id
        on by_id.area_id = features.feature_area_id
        or (by_id.area_kind = features.area_kind and (by_id.name_cn = features.name_cn or {{ list_has('by_id.aliases', 'features.name_cn') }}))
),

joined as (
    select
        area.area_id,
        area.area_kind,
        area.name_cn,
        area.aliases,
        area.parent_id,
        coalesce(area.geometry_wkt, feature.geometry_wkt) as geometry_wkt,
        area.area_km2,
        {{ origin_join([
            origin_profile_area('area'), 'case when area.geometry_wkt is null then feature._origin end'
        ]) }} as _origin
    from profile_areas as area
    left join matched as feature on feature.profile_area_id = area.area_id and feature.match_no = 1
    union all
    select
        feature_area_id,
        area_kind,
        name_cn,
        {{ text_to_list('aliases') }} as aliases,
        parent_id,
        geometry_wkt,
        cast(null as double) as area_km2,
        _origin
    from matched
    where profile_area_id is null
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
