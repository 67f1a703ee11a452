{# Working mechanisms as stated. Open until its status says closed; what is open past its day is late by as_of. #}
with

held as (
    select
        record.*,
        word.code as kind_code,
        state.code as state_code,
        build.as_of,
        coalesce(state.code = 'closed', false) as is_closed
    from {{ ref('stg_pilot__mechanisms') }} as record
    cross join {{ source('intake', 'build') }} as build
    left join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'mechanism_kind' and word.word = trim(record.mechanism_kind_word)
    left join {{ ref('crosswalk_code') }} as state
        on state.code_set = 'mechanism_status' and state.word = trim(record.status)
)

select
    {{ business_id('pilot_mechanism', 'held',
        ['mechanism_kind_word', 'held_on', 'participants', 'deliverable_id', 'conclusion']) }} as event_id,
    held.kind_code as kind,
    held.held_on as held_at,
    {{ text_to_list(regexp_replace_all('held.participants', '\\s*[、,，;；]\\s*', ';')) }} as units,
    held.deliverable_id,
    held.conclusion,
    held.due_on as due,
    held.status,
    held.evidence,
    held.unit_name,
    held.is_closed,
    case when not held.is_closed and held.due_on < held.as_of then cast(held.as_of - held.due_on as integer) end
        as days_overdue,
    {{ origin_cells('pilot_mechanism', 'held', {
        'kind': 'mechanism_kind', 'held_at': 'held_on', 'units': 'participants', 'deliverable_id': 'deliverable_id',
        'conclusion': 'conclusion', 'due': 'due_on', 'status': 'status', 'evidence': 'evidence', 'unit_name': 'unit_name'
    }) }} as _origin
from held
