select
    cast(row_number() over (order by held_at asc nulls last, event_id asc nulls last) as integer) as row_no,
    event_id,
    {{ code_word('kind', 'campaign_kind') }} as kind,
    held_at,
    topic,
    hours,
    participants,
    score_before,
    score_after
from {{ ref('publicity_event') }}
where kind in ('training', 'lecture')
