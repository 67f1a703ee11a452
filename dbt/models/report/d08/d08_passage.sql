-- Passages of the letter that sends the plan out; its title stands on top of it, who signs it at its foot.
select
    passage_id,
    seq,
    place,
    body,
    cast({{ list_size('unfilled') }} as integer) as blank_count
from {{ ref('official_passage') }}
where document_id = 'D08'
