{# What the edition lacks, counted by kind. Tables that a document has nothing to print in are counted in that document. #}
with

counted as (
    select
        kind as kind_code,
        cast(count(*) as integer) as gap_count
    from {{ ref('gap') }}
    where kind <> 'DOCUMENT'
    group by kind
)

select
    cast(row_number() over (order by gap_count desc nulls last, kind_code asc nulls last) as integer) as row_no,
    kind_code,
    {{ code_word('kind_code', 'gap_kind') }} as kind,
    gap_count
from counted
