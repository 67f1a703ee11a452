-- Annex 2, division of tasks: measures that some source has today, one printed table a stage, in the columns of the plan's annex. Who
-- carries a measure out stands in the catalogue; who leads and who supports the task (7) and its deliverable in the plan's units. What is
-- due after the last deliverable of the pilot goes on after it.
with

applied as (
    select
        measure_id,
        cast(count(*) as integer) as source_count,
        max(due) as due
    from {{ ref('enterprise_measure') }}
    group by measure_id
),

pilot as (
    select max(due) as pilot_end
    from {{ ref('deliverable') }}
),

unit as (
    select distinct
        unit_name,
        unit_role
    from {{ ref('task_unit') }}
    where (object_kind = 'task' and object_id = '7') or (object_kind = 'deliverable' and object_id = 'D08')
),

units as (
    select
        coalesce({{ listagg_text("case when unit_role = 'lead' then unit_name end", '、', 'unit_name') }}, '待定') as lead_units,
        {{ listagg_text("case when unit_role = 'support' then unit_name end", '、', 'unit_name') }} as support_units
    from unit
)

select
    cast(
        row_number() over (
            order by stage.sort_no asc nulls last, measure.grade asc nulls last, measure.measure_id asc nulls last
        ) as integer
    ) as row_no,
    measure.measure_id,
    measure.stage,
    {{ code_word('measure.stage', 'stage_of_measure') }} as task,
    measure.measure,
    units.lead_units,
    units.support_units,
    measure.responsible,
    applied.due,
    {{ to_text('applied.due') }} || case when applied.due > pilot.pilot_end then '（延续任务）' else '' end as due_text,
    measure.check_item,
    applied.source_count,
    replace({{ articles_together('measure.legal_basis') }}, '《中华人民共和国生态环境法典》', '《法典》') as legal_basis,
    'task' as object_kind,
    '7' as object_id
from applied
cross join pilot
cross join units
inner join {{ ref('control_measure') }} as measure on measure.measure_id = applied.measure_id
left join {{ ref('code_label') }} as stage on stage.code_set = 'stage_of_measure' and stage.code = measure.stage
