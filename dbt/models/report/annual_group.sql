{# The same nineteen counted by the plan's six ones, by the ministry's six tasks and by lead unit. #}
with

grouped as (
    select 'one_of_six' as grouping, one_of_six as group_name, * from {{ ref('annual_deliverable') }}
    union all
    select 'ministry_task' as grouping, ministry_task as group_name, * from {{ ref('annual_deliverable') }}
    union all
    select 'lead' as grouping, coalesce(lead, '未指定') as group_name, * from {{ ref('annual_deliverable') }}
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
)

select
    grouping,
    cast(
        row_number() over (
            partition by grouping order by first_task_no asc nulls last, group_name asc nulls last
        ) as integer
    ) as row_no,
    group_name,
    task_count,
    deliverable_count,
    done_count,
    in_progress_count,
    not_started_count,
    overdue_count,
    progress_pct,
    light
from counted
