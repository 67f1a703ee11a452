select
    -- ids
    progress_record.deliverable_id,
    -- text
    progress_record.deliverable_name,
    progress_record.status as status_word,
    progress_record.achieved,
    progress_record.evidence,
    progress_record.remark,
    -- numbers
    progress_record.progress_pct / 100.0 as progress_share,
    -- times
    progress_record.finished_on,
    -- record
    {{ provenance('progress_record') }}
from {{ source('pilot', 'progress') }} as progress_record
where not {{ list_has('progress_record._flags', "'DATE-AFTER-AS-OF'") }}
