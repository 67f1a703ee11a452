select
    task.task_no,
    task.name_cn,
    task.one_of_six,
    task.ministry_task,
    unit.unit_name as lead,
    task.phase,
    task.milestone,
    task.source_ref,
    task.verified,
    {{ origin_join([
        origin_seed('pilot_task', 'task', [
            'task_no', 'name_cn', 'one_of_six', 'ministry_task', 'phase', 'milestone', 'source_ref', 'verified'
        ]),
        origin_profile('unit.parameter_id', value='unit.unit_name', column_name='lead'),
    ]) }} as _origin
from {{ seed_rows('pilot_task') }} as task
left join {{ ref('stg_pilot__lead_units') }} as unit
    on unit.lead_key = task.lead_key
