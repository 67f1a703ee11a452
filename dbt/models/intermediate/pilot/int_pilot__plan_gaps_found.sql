{# What the plan's own record lacks, in a line each: deliverables for which nobody has named a supporting unit; those whose supporting
   units are our own proposal, not what annex 2 says. #}
with

alone as (
    select declared.deliverable_id
    from {{ ref('stg_pilot__declarations') }} as declared
    where
        declared.is_deliverable
        and not exists (
            select 1 from {{ ref('task_unit') }} as unit
            where
                unit.object_kind = 'deliverable'
                and unit.object_id = declared.deliverable_id
                and unit.unit_role = 'support'
        )
),

proposed as (
    select distinct object_kind, object_id
    from {{ ref('task_unit') }}
    where unit_role = 'support' and verified = 'own'
)

select
    'UNIT:' || 'support' as gap_id,
    '配合单位 / supporting units' as subject,
    {{ to_text('count(*)') }} || ' 项成果的配合单位未录入区域配置（' || {{ listagg_text('deliverable_id', '、', 'deliverable_id') }}
    || '） / deliverables without one in the profile' as missing,
    '分工表只列牵头单位 / only the unit in the lead is printed' as effect,
    'deliverable' as subject_key
from alone
having count(*) > 0
union all
select
    'UNIT:' || 'proposed' as gap_id,
    '配合单位 / supporting units' as subject,
    {{ to_text("count(case when object_kind = 'task' then 1 end)") }} || ' 项任务、'
    || {{ to_text("count(case when object_kind = 'deliverable' then 1 end)") }}
    || ' 项成果的配合单位为自拟，未按附件二核对 / supporting units that are our proposal, not held against annex 2' as missing,
    '印发前由牵头单位核对 / the unit in the lead is to check them' as effect,
    'deliverable' as subject_key
from proposed
having count(*) > 0
