{# Tasks and deliverables with the units in the lead and those that support them; duties of the supporting units. #}
with

objects as (
    select 'task' as object_kind, {{ to_text('task_no') }} as object_id, task_no, name_cn from {{ ref('task') }}
    union all
    select 'deliverable' as object_kind, deliverable_id as object_id, task_no, name_cn from {{ ref('deliverable') }}
),

units as (
    select
        object_kind,
        object_id,
        {{ listagg_text("case when unit_role = 'lead' then unit_name end", '、', 'unit_name') }} as leads,
        {{ listagg_text("case when unit_role = 'support' then unit_name end", '、', 'unit_name') }} as supports,
        {{ listagg_text("case when unit_role = 'support' then unit_name || '：' || duty end", '；', 'unit_name') }} as duties
    from {{ ref('task_unit') }}
    group by object_kind, object_id
)

select
    cast(
        row_number() over (
            order by objects.task_no asc nulls last, objects.object_kind desc nulls last, objects.object_id asc nulls last
        ) as integer
    ) as row_no,
    objects.object_kind as object_kind_code,
    objects.object_id,
    objects.task_no,
    {{ code_word('objects.object_kind', 'plan_object_kind') }} as object_kind,
    objects.name_cn,
    units.leads,
    units.supports,
    units.duties
from objects
left join units on units.object_kind = objects.object_kind and units.object_id = objects.object_id
