select
    -- text
    funding.item,
    funding.task_no,
    funding.fund_source,
    funding.remark,
    -- numbers
    funding.budget_yuan,
    funding.spent_yuan,
    -- record
    {{ provenance('funding') }}
from {{ source('pilot', 'funding') }} as funding
where not {{ list_has('funding._flags', "'DATE-AFTER-AS-OF'") }}
