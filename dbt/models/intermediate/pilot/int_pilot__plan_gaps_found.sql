{# What the plan's own record lacks: deliverables for which nobody has named a supporting unit, in one line. #}
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
