{# What a clerk is asked to decide, as rows ready for decisions/*.csv; an object that a decision of the same kind speaks of already is
   no longer asked. #}
select
    proposed.decision_id,
    proposed.kind,
    proposed.object,
    proposed.value,
    proposed.role,
    proposed.date,
    proposed.reason,
    proposed.valid_until,
    split_part(proposed.object, ':', 1) as object_source,
    substr(proposed.object, length(split_part(proposed.object, ':', 1)) + 2) as object_key
from {{ ref('int_meta__proposals_united') }} as proposed
left join {{ source('intake', 'decision') }} as decision
    on decision.kind = proposed.kind and decision.object_id = proposed.object
where decision.decision_id is null
