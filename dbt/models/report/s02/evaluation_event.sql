{# The events of the working mechanisms one by one, with what came of them. #}
select
    cast(
        row_number() over (
            order by event.held_at asc nulls last, label.sort_no asc nulls last, event.event_id asc nulls last
        ) as integer
    ) as row_no,
    event.event_id,
    event.kind as kind_code,
    {{ code_word('event.kind', 'mechanism_kind') }} as kind,
    event.held_at,
    {{ list_text('event.units', '、') }} as units,
    coalesce(deliverable.name_cn, event.deliverable_id) as deliverable,
    event.conclusion,
    event.unit_name,
    event.due,
    event.status,
    event.days_overdue,
    event.evidence,
    not event.is_closed as is_open
from {{ ref('mechanism_event') }} as event
left join {{ ref('deliverable') }} as deliverable on deliverable.deliverable_id = event.deliverable_id
left join {{ ref('code_label') }} as label on label.code_set = 'mechanism_kind' and label.code = event.kind
