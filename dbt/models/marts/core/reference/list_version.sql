select
    status.list_code,
    status.list_name,
    status.issued_by,
    status.effective_date,
    status.list_status,
    status.decides,
    cast(status.entries_known as integer) as entries_known,
    cast(status.entries_total as integer) as entries_total,
    status.source,
    status.verified,
    {{ origin_seed('regulatory_list_status', 'status', {
        'list_code': 'list_code', 'list_name': 'list_name', 'issued_by': 'issued_by', 'effective_date': 'effective_date',
        'list_status': 'list_status', 'decides': 'decides', 'entries_known': 'entries_known',
        'entries_total': 'entries_total', 'source': 'source', 'verified': 'verified'}) }} as _origin
from {{ seed_rows('regulatory_list_status') }} as status
