-- What landing geography holds beside areas: coast, functional zones, ecological red lines; an unknown kind is kept as `other`.
select
    coalesce(
        feature.feature_id,
        {{ id16(['feature.feature_kind_word', 'feature.name', 'feature._file_no', 'feature._row']) }}
    ) as feature_id,
    coalesce(kind_code.code, 'other') as feature_kind,
    feature.feature_kind_word,
    feature.name as name_cn,
    feature.geometry_wkt,
    {{ origin_cells('geography_feature', 'feature', {
        'feature_kind': 'feature_kind',
        'name_cn': 'name',
        'geometry_wkt': 'geometry',
    }) }} as _origin
from {{ ref('stg_geography__features') }} as feature
left join {{ ref('crosswalk_code') }} as kind_code
    on kind_code.code_set = 'map_feature_kind' and lower(kind_code.word) = lower(trim(feature.feature_kind_word))
left join {{ ref('crosswalk_code') }} as area_code
    on area_code.code_set = 'area_kind' and lower(area_code.word) = lower(trim(feature.feature_kind_word))
where area_code.code is null and feature.geometry_wkt is not null
