select
    cast(row_number() over (order by min(grade) asc nulls last, zone_kind asc nulls last) as integer) as row_no,
    zone_kind as zone_kind_code,
    {{ code_word('zone_kind', 'zone_kind') }} as zone_kind,
    cast(count(*) as integer) as zone_count,
    cast(sum(cell_count) as integer) as cell_count,
    {{ exact_sum('population') }} as population
from {{ ref('zone') }}
group by zone_kind
