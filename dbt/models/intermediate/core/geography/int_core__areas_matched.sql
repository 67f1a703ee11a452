-- The profile names the areas; a landing file may add streets and villages and bring the outline of an area that the profile
-- only names. The profile's own outline wins: it is the one the parks were agreed on.
with profile_areas as (
    select
        area_id, area_kind, name_cn, aliases, parent_id, geometry_wkt, area_km2, file
    from {{ ref('stg_geography__profile_areas') }}
),

-- files number their features from 1, each kind anew: a number that several kinds use is told apart by the kind
features as (
    select
        feature.*,
        case
            when count(*) over (partition by feature.feature_no) > 1 then feature.area_kind || ':' || feature.feature_no
            else feature.feature_no
        end as feature_area_id
    from {{ ref('int_core__area_features_merged') }} as feature
),

-- a feature is the profile's area when it has its id, or its name within the same kind
matched as (
    select
        features.*,
        profile_area.area_id as profile_area_id,
        row_number() over (partition by profile_area.area_id order by features.feature_area_id asc nulls last) as match_no
    from features
    left join profile_areas as profile_area
        on profile_area.area_kind = features.area_kind
        and (
            profile_area.area_id = features.feature_no
            or profile_area.name_cn = features.name_cn
            or {{ list_has('profile_area.aliases', 'features.name_cn') }}
        )
)

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
