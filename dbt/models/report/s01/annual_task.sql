{# One line a task: its deliverables and its money. #}
with

due as (
    select
        task_no,
        {{ listagg_text("'《' || name_cn || '》' || coalesce(standard, '')", '；', 'deliverable_id') }} as deliverables,
        max(due) as due,
        cast(count(*) as integer) as deliverable_count,
        cast(count(case when is_done then 1 end) as integer) as done_count
    from {{ ref('annual_deliverable') }}
    group by task_no
),

money as (
    select
        task_no,
        {{ exact_sum('budget_yuan') }} as budget_yuan,
        {{ exact_sum('spent_yuan') }} as spent_yuan
    from {{ ref('funding') }}
    group by task_no
)

select
    task.task_no as row_no,
    task.task_no,
    task.name_cn,
    task.one_of_six,
    task.ministry_task,
    task.lead,
    task.phase,
    task.milestone,
    due.deliverables,
    due.due,
    due.deliverable_count,
    due.done_count,
    money.budget_yuan / 10000 as budget_10k_yuan,
    money.spent_yuan / 10000 as spent_10k_yuan,
    money.spent_yuan / nullif(money.budget_yuan, 0) * 100 as spent_pct
from {{ ref('task') }} as task
left join due on due.task_no = task.task_no
left join money on money.task_no = task.task_no
