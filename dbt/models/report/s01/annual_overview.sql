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

fund as (
    select
        max(spent_yuan) / 10000 as fund_spent_10k_yuan,
        max(net_paid_yuan) / 10000 as fund_paid_10k_yuan,
        max({{ code_words_only('reason_codes', 'fund_fault') }}) as fund_faults
    from {{ ref('int_pilot__fund_money_compared') }}
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
    fund.*,
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
cross join fund
cross join opinions
cross join files
cross join {{ ref('edition') }} as edition
