select
    -- ids
    control.sample_no,
    control.site_id,
    control.pollutant_id,
    -- text
    control.report_month,
    control.qc_kind as qc_kind_word,
    control.medium as medium_word,
    control.sampled_on,
    control.value_text,
    control.value_qualifier,
    control.unit,
    control.laboratory,
    control.cma_no,
    control.client,
    -- numbers
    control.value,
    control.value_limit,
    -- times
    control.sampled_at,
    -- record
    {{ provenance('control') }}
from {{ source('monitoring', 'quality_control') }} as control
where not {{ list_has('control._flags', "'DATE-AFTER-AS-OF'") }}
