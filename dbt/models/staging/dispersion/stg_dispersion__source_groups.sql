select
    -- ids
    source_group.source_group,
    source_group.permit_no,
    source_group.outlet_no,
    -- text
    source_group.run_name,
    source_group.projection,
    source_group.remark,
    -- numbers
    source_group.emission_rate_g_s,
    source_group.met_year,
    -- record
    {{ provenance('source_group') }}
from {{ source('dispersion', 'source_group') }} as source_group
where not {{ list_has('source_group._flags', "'DATE-AFTER-AS-OF'") }}
