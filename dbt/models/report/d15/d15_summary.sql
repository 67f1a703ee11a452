{# One row: the figures that the text of D15 quotes. #}
select
    'D15' as document_id,
    cast(count(*) as integer) as passage_count,
    cast(sum(passage.blank_count) as integer) as blank_count,
    max(edition.edition_no) as edition_no
from {{ ref('d15_passage') }} as passage
cross join {{ ref('edition') }} as edition
