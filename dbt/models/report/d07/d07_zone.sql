select
    cast(row_number() over (order by grade asc nulls last) as integer) as row_no,
    grade,
    coalesce({{ grade_word('grade') }}, '资料不足') as grade_word,
    {{ code_word('min(zone_kind)', 'zone_kind') }} as zone_kind,
    cast(count(*) as integer) as cell_count,
    {{ exact_sum('population') }} as population,
    cast(count(distinct zone_id) as integer) as zone_count
from {{ ref('zone_grade') }}
group by grade
