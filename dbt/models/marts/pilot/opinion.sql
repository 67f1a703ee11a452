with

named as (
    select
        opinion.*,
        word.code as outcome_code,
        coalesce(declared.deliverable_id, titled.deliverable_id) as declared_id
    from {{ ref('stg_pilot__opinions') }} as opinion
    left join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'opinion_outcome' and word.word = trim(opinion.outcome_word)
    left join {{ ref('stg_pilot__declarations') }} as declared
        on declared.deliverable_id = upper(trim(opinion.document))
    left join {{ ref('stg_pilot__declarations') }} as titled
        on titled.title = trim(opinion.document)
)

select
    {{ business_id('pilot_opinion', 'named', ['document', 'opinion_no', 'from_unit'], told=['opinion']) }} as opinion_id,
    declared_id as deliverable_id,
    from_unit,
    opinion,
    outcome_code as outcome,
    reason,
    changed_at,
    opinion_no,
    document,
    {{ origin_cells('pilot_opinion', 'named', {
        'deliverable_id': 'document', 'from_unit': 'from_unit', 'opinion': 'opinion', 'outcome': 'outcome',
        'reason': 'reason', 'changed_at': 'changed_at', 'opinion_no': 'opinion_no', 'document': 'document'
    }) }} as _origin
from named
