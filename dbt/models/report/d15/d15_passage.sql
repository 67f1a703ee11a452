-- Passages of the notice in the order of the paper; the title stands on top of the paper itself.
select
    passage_id,
    seq,
    place,
    body,
    cast({{ list_size('unfilled') }} as integer) as blank_count
from {{ ref('official_passage') }}
where document_id = 'D15' and place <> '标题'
