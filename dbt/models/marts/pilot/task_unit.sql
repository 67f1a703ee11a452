{# Units of the plan and of annex 2. In the lead: the profile's name for the key that the task or the declared deliverable
   gives; its duty is the task's milestone or the deliverable with its standard. Beside them the profile's own rows; one that
   names the unit in the lead again says its duty. An object of an unknown lead has no row of it. #}
with

leads as (
    select
        'task' as object_kind,
        {{ to_text('task.task_no') }} as object_id,
        unit.unit_name,
        unit.parameter_id,
        task.milestone as duty,
        'pilot_task' as source_ref,
        task.verified
    from {{ ref('pilot_task') }} as task
    inner join {{ ref('stg_pilot__lead_units') }} as unit on unit.lead_key = task.lead_key
    union all
    select
        'deliverable' as object_kind,
        declared.deliverable_id as object_id,
        unit.unit_name,
        unit.parameter_id,
        declared.title || '，' || declared.standard as duty,
        'deliverables.yml' as source_ref,
        'yes' as verified
    from {{ ref('stg_pilot__declarations') }} as declared
    inner join {{ ref('stg_pilot__lead_units') }} as unit on unit.lead_key = declared.lead_key
    where declared.is_deliverable
),

named as (
    select
        stated.*,
        'profile.unit.' || stated.object_id || '.' || stated.unit_role || '.' || stated.unit_name as parameter_id
    from {{ ref('stg_pilot__plan_units') }} as stated
),

units as (
    select
        object_kind, object_id, unit_name, unit_role, duty, source_ref, verified, parameter_id
    from named
    union all
    select
        leads.object_kind, leads.object_id, leads.unit_name, 'lead' as unit_role, leads.duty, leads.source_ref,
        leads.verified, leads.parameter_id
    from leads
    left join named
        on
            named.object_kind = leads.object_kind
            and named.object_id = leads.object_id
            and named.unit_name = leads.unit_name
            and named.unit_role = 'lead'
    where named.object_id is null
)

select
    object_kind,
    object_id,
    unit_name,
    unit_role,
    duty,
    source_ref,
    verified,
    {{ origin_profile('parameter_id', value='unit_name', column_name='unit_name') }} as _origin
from units
