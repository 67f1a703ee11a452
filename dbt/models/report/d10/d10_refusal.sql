-- Why pairs do not count.
with

counted as (
    select
        pair.reason_code,
        cast(count(*) as integer) as pair_count
    from {{ ref('pair') }} as pair
    where pair.reason_code is not null
    group by pair.reason_code
)

select
    cast(row_number() over (order by pair_count desc nulls last, reason_code asc nulls last) as integer) as row_no,
    reason_code,
    {{ code_word('reason_code', 'pair_reason') }} as reason,
    pair_count
from counted
