-- What platforms answered to packages that were handed to them.
select
    receipt.package_id,
    receipt.received_at,
    receipt.result,
    receipt.note,
    {{ origin_cells('platform_receipt', 'receipt', {
        'package_id': 'package_id', 'received_at': 'received_at', 'result': 'result', 'note': 'note'}) }} as _origin
from {{ ref('stg_platform__receipts') }} as receipt
where receipt.package_id is not null and receipt.received_at is not null
qualify
    row_number() over (
        partition by receipt.package_id, receipt.received_at
        order by
            receipt._file_no desc nulls last,
            receipt._row asc nulls last,
            receipt._record_id asc nulls last
    ) = 1
