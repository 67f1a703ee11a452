-- Records that say different things under one business key (DUP-DIFF), as the intake booked them; `value` is the key's text.
select
    raw_table,
    value as business_key,
    file_no,
    row_number
from {{ source('intake', 'quarantine') }}
where reason_code = 'DUP-DIFF' and raw_table is not null
