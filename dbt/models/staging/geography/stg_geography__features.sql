select
    -- ids
    feature.feature_id,
    feature.parent_id,
    -- text
    feature.feature_kind as feature_kind_word,
    feature.name,
    feature.aliases,
    feature.feature_class,
    feature.geometry as geometry_wkt,
    feature.remark,
    -- numbers
    feature.longitude,
    feature.latitude,
    -- record
    {{ provenance('feature') }}
from {{ source('geography', 'feature') }} as feature
where not {{ list_has('feature._flags', "'DATE-AFTER-AS-OF'") }}
