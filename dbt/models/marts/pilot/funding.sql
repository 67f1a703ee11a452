select
    {{ business_id('pilot_funding', 'funding', ['item', 'task_no', 'fund_source'], told=['budget_yuan']) }} as item_id,
    try_cast(funding.task_no as integer) as task_no,
    funding.fund_source as source,
    funding.budget_yuan,
    funding.spent_yuan,
    funding.item as name_cn,
    funding.spent_yuan / nullif(funding.budget_yuan, 0) as spent_share,
    {{ origin_cells('pilot_funding', 'funding', {
        'task_no': 'task_no', 'source': 'fund_source', 'budget_yuan': 'budget_yuan', 'spent_yuan': 'spent_yuan',
        'name_cn': 'item'
    }) }} as _origin
from {{ ref('stg_pilot__fundings') }} as funding
