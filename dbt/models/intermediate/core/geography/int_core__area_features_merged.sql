{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- Features that are areas, by code; the parts of one area (islands, a street in several outlines) as one.
with coded_features as (
    select
        coalesce(feature.feature_id, {{ id16(['feature.feature_kind_word', 'feature.name']) }}) as feature_no,
        kind_code.code as area_kind,
        feature.name,
        feature.aliases,
        feature.parent_id,
        feature.geometry_wkt,
        {{ origin_cells('geography_feature', 'feature', {'name_cn': 'name', 'geometry_wkt': 'geometry'}) }} as _origin
    from {{ ref('stg_geography__features') }} as feature
    inner join {{ ref('crosswalk_code') }} as kind_code
        on kind_code.code_set = 'area_kind' and lower(kind_code.word) = lower(trim(feature.feature_kind_word))
)

select
    feature_no,
    area_kind,
    min(name) as name_cn,
    min(aliases) as aliases,
    min(parent_id) as parent_id,
    {{ wkt_of(outline_union(geometry_of('geometry_wkt'))) }} as geometry_wkt,
    {{ origin_collect('_origin') }} as _origin
from coded_features
group by feature_no, area_kind
