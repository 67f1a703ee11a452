{# One row: the figures that the text of the annual summary and of the self-evaluation quotes. #}
with

deliverables as (
    select
        cast(count(*) as integer) as deliverable_count,
        cast(count(case when status = '完成' then 1 end) as integer) as done_count,
        cast(count(case when status = '进行中' then 1 end) as integer) as in_progress_count,
        cast(count(case when status = '未开始' then 1 end) as integer) as not_started_count,
        cast(count(case when status = '逾期' then 1 end) as integer) as overdue_count,
        cast(count(case when is_late and is_done then 1 end) as integer) as late_done_count,
        cast(count(case when light = '黄灯' then 1 end) as integer) as yellow_count,
        cast(count(distinct task_no) as integer) as task_with_deliverable_count,
        cast(count(evidence_sha256) as integer) as hashed_evidence_count,
        {{ listagg_text("case when light = '红灯' then deliverable_id || '《' || name_cn || '》' end", '、', 'row_no') }}
            as overdue_names
    from {{ ref('annual_deliverable') }}
),

money as (
    select
        {{ exact_sum('budget_yuan') }} / 10000 as budget_10k_yuan,
        {{ exact_sum('spent_yuan') }} / 10000 as spent_10k_yuan,
        cast(count(*) as integer) as funding_count
    from {{ ref('funding') }}
),

{# spent of the fund is known where each of its items states it; what the two files say otherwise are gaps #}
registered as (
    select case when count(*) = count(spent_yuan) then {{ exact_sum('spent_yuan') }} / 10000 end as fund_spent_10k_yuan
    from {{ ref('funding') }}
    where task_no = 12
),

paid as (
    select
        coalesce({{ exact_sum("case step when 'payment' then amount_yuan when 'recovery' then -amount_yuan end") }}, 0) / 10000
            as fund_paid_10k_yuan
    from {{ ref('fund_event') }}
),

fund_fault as (
    select {{ listagg_text('label.label_cn', '、', 'label.code') }} as fund_faults
    from {{ ref('gap') }} as gap
    inner join {{ ref('code_label') }} as label
        on label.code_set = 'fund_fault' and label.code like 'FUNDING-%' and gap.gap_id = 'FUND:' || label.code
),

opinions as (
    select
        cast(count(*) as integer) as opinion_count,
        cast(count(case when outcome = 'adopted' then 1 end) as integer) as opinion_adopted_count,
        cast(count(case when outcome = 'partly' then 1 end) as integer) as opinion_partly_count,
        cast(count(case when outcome = 'not_adopted' then 1 end) as integer) as opinion_not_adopted_count
    from {{ ref('opinion') }}
),

files as (
    select
        cast(count(case when status = 'current' then 1 end) as integer) as file_count,
        cast(sum(case when status = 'current' then records_loaded else 0 end) as bigint) as record_count,
        cast(sum(case when status = 'current' then records_quarantined else 0 end) as bigint) as quarantined_count
    from {{ ref('source_file') }}
)

select
    'annual' as document_id,
    (select cast(count(*) as integer) from {{ ref('task') }}) as task_count,
    deliverables.*,
    money.*,
    money.spent_10k_yuan / nullif(money.budget_10k_yuan, 0) * 100 as spent_pct,
    registered.*,
    paid.*,
    fund_fault.*,
    (select cast(count(*) as integer) from {{ ref('mechanism_event') }}) as mechanism_count,
    (select cast(count(*) as integer) from {{ ref('result_use') }}) as result_use_count,
    opinions.*,
    files.*,
    edition.edition_no,
    edition.previous_edition,
    edition.as_of,
    edition.assessment_year
from deliverables
cross join money
cross join registered
cross join paid
cross join fund_fault
cross join opinions
cross join files
cross join {{ ref('edition') }} as edition
