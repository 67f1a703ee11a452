{# How the names and codes of each register were tied to sites. #}
with

counted as (
    select
        source,
        cast(count(*) as integer) as key_count,
        cast(count(case when status = 'automatic' then 1 end) as integer) as automatic_count,
        cast(count(case when status = 'decided' then 1 end) as integer) as decided_count,
        cast(count(case when status = 'queue' then 1 end) as integer) as queue_count,
        cast(count(case when status = 'held' then 1 end) as integer) as held_count,
        cast(count(case when status = 'new' then 1 end) as integer) as new_count
    from {{ ref('enterprise_match') }}
    group by source
)

select
    cast(row_number() over (order by counted.source asc nulls last) as integer) as row_no,
    counted.source,
    {{ code_word('counted.source', 'source') }} as source_name,
    counted.key_count,
    counted.automatic_count,
    counted.decided_count,
    counted.new_count,
    counted.queue_count,
    counted.held_count,
    (counted.automatic_count + counted.decided_count + counted.new_count) / cast(counted.key_count as double) * 100
        as matched_pct
from counted
