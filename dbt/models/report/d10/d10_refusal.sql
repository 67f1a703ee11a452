-- Why pairs do not count.
select
    cast(row_number() over (order by count(*) desc nulls last, pair.reason_code asc nulls last) as integer) as row_no,
    pair.reason_code,
    {{ code_word('pair.reason_code', 'pair_reason') }} as reason,
    cast(count(*) as integer) as pair_count
from {{ ref('pair') }} as pair
where pair.reason_code is not null
group by pair.reason_code
