with

kinds as (
    select
        event.kind as kind_code,
        min(label.sort_no) as sort_no,
        cast(count(*) as integer) as event_count,
        cast(sum(event.participants) as integer) as participants,
        {{ exact_mean('event.score_before') }} as score_before,
        {{ exact_mean('event.score_after') }} as score_after
    from {{ ref('publicity_event') }} as event
    left join {{ ref('code_label') }} as label on label.code_set = 'campaign_kind' and label.code = event.kind
    group by event.kind
)

select
    cast(row_number() over (order by sort_no asc nulls last, kind_code asc nulls last) as integer) as row_no,
    kind_code,
    {{ code_word('kind_code', 'campaign_kind') }} as kind,
    event_count,
    participants,
    score_before,
    score_after
from kinds
