-- Faults that the intake booked: quarantined records with each of their messages, and skipped records.
select
    file.source,
    fault.raw_table,
    fault.field,
    fault.reason_code,
    fault.record_id,
    'error' as severity
from {{ source('intake', 'quarantine') }} as fault
inner join {{ source('intake', 'source_file') }} as file on file.file_no = fault.file_no
union all
select
    file.source,
    skipped.raw_table,
    skipped.field,
    skipped.reason_code,
    skipped.record_id,
    'warning' as severity
from {{ source('intake', 'skipped') }} as skipped
inner join {{ source('intake', 'source_file') }} as file on file.file_no = skipped.file_no
