{# Articles of the rules by chapter. The chapters follow the outline of such rules; the last passage is an article like the others. #}
select
    passage_id,
    seq,
    case
        when seq <= 4 then 1
        when seq <= 6 then 2
        when seq <= 10 then 3
        when seq <= 12 then 4
        when seq <= 15 then 5
        when seq <= 17 then 6
        when seq <= 21 then 7
        else 8
    end as chapter_no,
    case when place = '附则提示' then '第二十二条' else place end as article,
    body,
    cast({{ list_size('unfilled') }} as integer) as blank_count
from {{ ref('official_passage') }}
where document_id = 'D14' and place <> '标题'
