select
    -- ids
    plan_release.plan_id,
    plan_release.pollutant_id,
    -- text
    plan_release.name,
    plan_release.plot,
    plan_release.coordinate_system,
    plan_release.industry,
    plan_release.scale,
    plan_release.medium as medium_word,
    plan_release.scenario,
    plan_release.remark,
    -- numbers
    plan_release.longitude,
    plan_release.latitude,
    plan_release.area_km2,
    plan_release.emission_t,
    -- record
    {{ provenance('plan_release') }}
from {{ source('project', 'plan_release') }} as plan_release
where not {{ list_has('plan_release._flags', "'DATE-AFTER-AS-OF'") }}
