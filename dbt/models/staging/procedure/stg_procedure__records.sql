select
    -- ids
    record_row.credit_code,
    record_row.permit_no,
    record_row.document_no,
    -- text
    record_row.enterprise_name,
    record_row.procedure_kind as procedure_kind_word,
    record_row.content,
    record_row.remark,
    -- times
    record_row.dated_on,
    record_row.valid_until,
    -- record
    {{ provenance('record_row') }}
from {{ source('procedure', 'record') }} as record_row
where not {{ list_has('record_row._flags', "'DATE-AFTER-AS-OF'") }}
