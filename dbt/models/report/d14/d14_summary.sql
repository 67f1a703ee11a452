{# One row: the figures that the text of D14 quotes. #}
with

award as (
    select
        cast(count(*) as integer) as application_count,
        cast(count(case when eligible then 1 end) as integer) as eligible_count,
        cast(count(case when award_yuan > 0 then 1 end) as integer) as award_count,
        cast(count(duplicate_of) as integer) as duplicate_count,
        {{ exact_sum('asked_yuan') }} / 10000 as asked_wan_yuan,
        {{ exact_sum('award_yuan') }} / 10000 as award_wan_yuan,
        max(budget_yuan) / 10000 as budget_wan_yuan
    from {{ ref('fund_award') }}
),

paid as (
    select
        {{ exact_sum("case when step = 'payment' then amount_yuan end") }} / 10000 as paid_wan_yuan,
        {{ exact_sum("case when step = 'recovery' then amount_yuan end") }} / 10000 as recovered_wan_yuan,
        cast(count(distinct case when {{ list_size('reason_codes') }} > 0 then application_id end) as integer) as fault_count
    from {{ ref('fund_event') }}
),

registered as (
    select
        cast(count(case when step.notice_at is null then 1 end) as integer) as unnoticed_count,
        cast(count(case when step.first_paid_at is null then 1 end) as integer) as unpaid_count
    from {{ ref('fund_award') }} as award
    left join {{ ref('d14_payment') }} as step on step.application_id = award.application_id
    where award.award_yuan > 0
),

blank as (
    select cast(sum(blank_count) as integer) as blank_count from {{ ref('d14_article') }}
),

limits as (
    select case when count(distinct limits_cn) = 1 then max(limits_cn) else '按类别分别规定' end as limits_cn
    from {{ ref('d14_standard') }}
)

select
    'D14' as document_id,
    award.*,
    paid.paid_wan_yuan,
    paid.recovered_wan_yuan,
    paid.fault_count,
    registered.unnoticed_count,
    registered.unpaid_count,
    blank.blank_count,
    limits.limits_cn,
    edition.edition_no
from award
cross join paid
cross join registered
cross join blank
cross join limits
cross join {{ ref('edition') }} as edition
