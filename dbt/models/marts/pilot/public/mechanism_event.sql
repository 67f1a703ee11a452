select
    {{ business_id('pilot_mechanism', 'held',
        ['mechanism_kind_word', 'held_on', 'participants', 'deliverable_id', 'conclusion']) }} as event_id,
    word.code as kind,
    held.held_on as held_at,
    {{ text_to_list(regexp_replace_all('held.participants', '\\s*[、,，;；]\\s*', ';')) }} as units,
    held.deliverable_id,
    held.conclusion,
    held.due_on as due,
    held.status,
    held.evidence,
    held.unit_name,
    {{ origin_cells('pilot_mechanism', 'held', {
        'kind': 'mechanism_kind', 'held_at': 'held_on', 'units': 'participants', 'deliverable_id': 'deliverable_id',
        'conclusion': 'conclusion', 'due': 'due_on', 'status': 'status', 'evidence': 'evidence', 'unit_name': 'unit_name'
    }) }} as _origin
from {{ ref('stg_pilot__mechanisms') }} as held
left join {{ ref('crosswalk_code') }} as word
    on word.code_set = 'mechanism_kind' and word.word = trim(held.mechanism_kind_word)
