{# What 经费.xlsx says was spent for task 12, the fund, against what 奖补流转.xlsx says was paid to applicants less what was recovered: one row,
   none where neither file says anything. 经费.xlsx names no years, so the years of the payments are told beside the sum. #}
with

registered as (
    select
        count(*) as items,
        count(spent_yuan) as items_with_spending,
        {{ exact_sum('budget_yuan') }} as budget_yuan,
        {{ exact_sum('spent_yuan') }} as spent_yuan
    from {{ ref('funding') }}
    where task_no = 12
),

steps as (
    select
        cast(extract(year from happened_at) as integer) as year,
        amount_yuan,
        case step when 'payment' then amount_yuan when 'recovery' then -amount_yuan end as signed_yuan
    from {{ ref('fund_event') }}
    where step in ('payment', 'recovery')
),

by_year as (
    select
        year,
        {{ exact_sum('signed_yuan') }} as net_yuan
    from steps
    group by year
),

years as (
    select
        {{ listagg_text(to_text('year') ~ " || '年 ' || " ~ number_text('net_yuan') ~ " || ' 元'", '，', 'year') }} as paid_by_year
    from by_year
    where net_yuan is not null
),

paid as (
    select
        count(*) as steps,
        count(*) - count(amount_yuan) as steps_without_amount,
        {{ exact_sum('signed_yuan') }} as net_paid_yuan
    from steps
),

compared as (
    select
        registered.budget_yuan,
        case when registered.items = registered.items_with_spending then registered.spent_yuan end as spent_yuan,
        coalesce(paid.net_paid_yuan, 0) as net_paid_yuan,
        years.paid_by_year,
        registered.items,
        paid.steps,
        paid.steps_without_amount
    from registered
    cross join paid
    cross join years
    where registered.items > 0 or paid.steps > 0
)

select
    1 as row_no,
    budget_yuan,
    spent_yuan,
    net_paid_yuan,
    paid_by_year,
    spent_yuan - net_paid_yuan as difference_yuan,
    {{ list_distinct_of([
        "case when items = 0 then 'FUNDING-MISSING' end",
        "case when items > 0 and spent_yuan is null and steps > 0 then 'FUNDING-SPENT-UNKNOWN' end",
        "case when steps_without_amount > 0 then 'FUNDING-AMOUNT-UNKNOWN' end",
        "case when spent_yuan < net_paid_yuan - 0.5 then 'FUNDING-BELOW-PAID' end",
        "case when steps_without_amount = 0 and spent_yuan > net_paid_yuan + 0.5 then 'FUNDING-ABOVE-PAID' end",
        "case when net_paid_yuan > budget_yuan + 0.5 then 'FUNDING-BEYOND-BUDGET' end",
    ]) }} as reason_codes
from compared
