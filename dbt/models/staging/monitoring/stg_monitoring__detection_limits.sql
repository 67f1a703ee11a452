select
    -- ids
    limit_record.pollutant_id,
    -- text
    limit_record.report_month,
    limit_record.laboratory,
    limit_record.network,
    limit_record.medium as medium_word,
    limit_record.detection_limit_text,
    limit_record.detection_limit_qualifier,
    limit_record.unit,
    -- numbers
    limit_record.detection_limit,
    limit_record.detection_limit_limit,
    -- record
    {{ provenance('limit_record') }}
from {{ source('monitoring', 'detection_limit') }} as limit_record
where not {{ list_has('limit_record._flags', "'DATE-AFTER-AS-OF'") }}
