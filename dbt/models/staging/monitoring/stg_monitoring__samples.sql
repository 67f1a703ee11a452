select
    -- ids
    sample_record.sample_no,
    sample_record.site_id,
    sample_record.pollutant_id,
    -- text
    sample_record.site_name,
    sample_record.medium as medium_word,
    sample_record.sampled_on,
    sample_record.averaging_time as averaging_time_word,
    sample_record.value_text,
    sample_record.value_qualifier,
    sample_record.unit,
    sample_record.detection_limit_unit,
    sample_record.method,
    sample_record.laboratory,
    sample_record.cma_no,
    sample_record.client,
    sample_record.network,
    sample_record.quality_class,
    sample_record.remark,
    -- numbers
    sample_record.value,
    sample_record.value_limit,
    sample_record.detection_limit,
    sample_record.flow_m3_h,
    sample_record.flow_m3_d,
    sample_record.oxygen_pct / 100.0 as oxygen_share,
    sample_record.load_pct / 100.0 as load_share,
    -- times
    sample_record.sampled_at,
    -- record
    {{ provenance('sample_record') }}
from {{ source('monitoring', 'sample') }} as sample_record
where not {{ list_has('sample_record._flags', "'DATE-AFTER-AS-OF'") }}
