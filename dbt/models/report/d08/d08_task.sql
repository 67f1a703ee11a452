-- Annex 2, division of tasks: measures that some source has today, in the seven columns of the plan's annex. What is due after the last
-- deliverable of the pilot goes on after it.
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
)

select
    cast(
        row_number() over (
            order by stage.sort_no asc nulls last, measure.grade asc nulls last, measure.measure_id asc nulls last
        ) as integer
    ) as row_no,
    measure.measure_id,
    {{ code_word('measure.stage', 'stage_of_measure') }} as task,
    measure.measure,
    measure.responsible,
    applied.due,
    {{ to_text('applied.due') }} || case when applied.due > pilot.pilot_end then '（延续任务）' else '' end as due_text,
    measure.check_item,
    applied.source_count,
    {{ articles_together('measure.legal_basis') }} as legal_basis
from applied
cross join pilot
inner join {{ ref('control_measure') }} as measure on measure.measure_id = applied.measure_id
left join {{ ref('code_label') }} as stage on stage.code_set = 'stage_of_measure' and stage.code = measure.stage
