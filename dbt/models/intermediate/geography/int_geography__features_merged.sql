{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- Features that are areas, by code; the parts of one area (islands, a street in several outlines) as one.
with coded_features as (
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

merged as (
    select
        feature_area_id as feature_no,
        area_kind,
        min(name) as name_cn,
        min(aliases) as aliases,
        min(parent_id) as parent_id,
        {{ wkt_of(outline_union(geometry_of('geometry_wkt'))) }} as geometry_wkt,
        {{ origin_collect('_origin') }} as _origin
    from coded_features
    group by feature_area_id, area_kind
)

-- files number their features from 1, each kind anew: a number that several kinds use is told apart by the kind
select
    case
        when count(*) over (partition by feature_no) > 1 then area_kind || ':' || feature_no else feature_no
    end as feature_area_id,
    area_kind,
    name_cn,
    aliases,
    parent_id,
    geometry_wkt,
    _origin
from merged
