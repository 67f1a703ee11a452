{# The working mechanisms by kind: how often, from when to when, how many with a conclusion or evidence on file. #}
with

counted as (
    select
        kind,
        cast(count(*) as integer) as event_count,
        cast(count(distinct deliverable_id) as integer) as deliverable_count,
        cast(count(evidence) as integer) as evidence_count,
        min(held_at) as first_held_at,
        max(held_at) as last_held_at
    from {{ ref('mechanism_event') }}
    where kind is not null
    group by kind
)

select
    cast(row_number() over (order by label.sort_no asc nulls last, counted.kind asc nulls last) as integer) as row_no,
    counted.kind as kind_code,
    coalesce(label.label_cn, counted.kind) as kind,
    counted.event_count,
    counted.deliverable_count,
    counted.evidence_count,
    counted.first_held_at,
    counted.last_held_at
from counted
left join {{ ref('code_label') }} as label on label.code_set = 'mechanism_kind' and label.code = counted.kind
