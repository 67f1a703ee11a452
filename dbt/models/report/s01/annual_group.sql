{# The nineteen counted by the plan's six ones, by the ministry's six tasks and by lead unit. Tasks are counted from the
   tasks themselves: one without a deliverable of its own belongs to its group too. #}
with

grouped as (
    select 'one_of_six' as grouping, one_of_six as group_name, * from {{ ref('annual_deliverable') }}
    union all
    select 'ministry_task' as grouping, ministry_task as group_name, * from {{ ref('annual_deliverable') }}
    union all
    select 'lead' as grouping, coalesce(lead, '未指定') as group_name, * from {{ ref('annual_deliverable') }}
),

tasks as (
    select 'one_of_six' as grouping, one_of_six as group_name, task_no from {{ ref('task') }}
    union all
    select 'ministry_task' as grouping, ministry_task as group_name, task_no from {{ ref('task') }}
    union all
    select 'lead' as grouping, coalesce(lead, '未指定') as group_name, task_no from {{ ref('task') }}
),

tasks_counted as (
    select grouping, group_name, min(task_no) as first_task_no, cast(count(*) as integer) as task_count
    from tasks
    group by grouping, group_name
),

counted as (
    select
        grouping,
        group_name,
        min(task_no) as first_task_no,
        cast(count(distinct task_no) as integer) as task_count,
        cast(count(*) as integer) as deliverable_count,
        cast(count(case when status = '完成' then 1 end) as integer) as done_count,
        cast(count(case when status = '进行中' then 1 end) as integer) as in_progress_count,
        cast(count(case when status = '未开始' then 1 end) as integer) as not_started_count,
        cast(count(case when status = '逾期' then 1 end) as integer) as overdue_count,
        {{ exact_mean('progress_pct') }} as progress_pct,
        case
            when count(case when light = '红灯' then 1 end) > 0 then '红灯'
            when count(case when light = '黄灯' then 1 end) > 0 then '黄灯'
            else '绿灯'
        end as light
    from grouped
    group by grouping, group_name
),

placed as (
    select
        counted.*,
        coalesce(tasks_counted.first_task_no, counted.first_task_no) as place_task_no,
        coalesce(tasks_counted.task_count, counted.task_count) as group_task_count
    from counted
    left join tasks_counted
        on
            tasks_counted.grouping = counted.grouping
            and tasks_counted.group_name = counted.group_name
)

select
    grouping,
    cast(
        row_number() over (
            partition by grouping
            order by place_task_no asc nulls last, group_name asc nulls last
        ) as integer
    ) as row_no,
    group_name,
    group_task_count as task_count,
    deliverable_count,
    done_count,
    in_progress_count,
    not_started_count,
    overdue_count,
    progress_pct,
    light
from placed
