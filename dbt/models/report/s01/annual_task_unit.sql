{# One line a task: the units in the lead and those that support it or one of its deliverables (named behind a unit that has to
   do with these only), with their duties. #}
with

stated as (
    select
        unit.object_kind,
        unit.object_id,
        unit.unit_name,
        unit.unit_role,
        unit.duty,
        deliverable.name_cn,
        coalesce(deliverable.task_no, task.task_no) as task_no
    from {{ ref('task_unit') }} as unit
    left join {{ ref('annual_deliverable') }} as deliverable
        on unit.object_kind = 'deliverable' and deliverable.deliverable_id = unit.object_id
    left join {{ ref('task') }} as task
        on unit.object_kind = 'task' and {{ to_text('task.task_no') }} = unit.object_id
),

units as (
    select
        task_no,
        unit_role,
        unit_name,
        unit_name || case
            when count(case when object_kind = 'task' then 1 end) > 0 then ''
            else
                '（' || {{ listagg_text("case when object_kind = 'deliverable' then '《' || name_cn || '》' end", '、', 'object_id') }} || '）'
        end as words
    from stated
    group by task_no, unit_role, unit_name
),

told_duties as (
    select distinct
        task_no,
        unit_name,
        duty
    from stated
    where unit_role = 'support' and duty is not null
),

duties as (
    select
        task_no,
        {{ listagg_text("unit_name || '：' || duty", '；', "unit_name || '：' || duty") }} as duties
    from told_duties
    group by task_no
),

named as (
    select
        task_no,
        {{ listagg_text("case when unit_role = 'lead' then words end", '、', 'unit_name') }} as leads,
        {{ listagg_text("case when unit_role = 'support' then words end", '、', 'unit_name') }} as supports
    from units
    group by task_no
)

select
    task.task_no as row_no,
    task.task_no,
    task.name_cn,
    named.leads,
    named.supports,
    duties.duties
from {{ ref('task') }} as task
left join named on named.task_no = task.task_no
left join duties on duties.task_no = task.task_no
