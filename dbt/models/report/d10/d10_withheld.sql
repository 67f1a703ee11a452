-- Cells that are not published, by reason.
with

counted as (
    select
        factor.suppression_reason as reason_code,
        cast(count(*) as integer) as cell_count
    from {{ ref('factor') }} as factor
    where not factor.is_published
    group by factor.suppression_reason
)

select
    cast(row_number() over (order by cell_count desc nulls last, reason_code asc nulls last) as integer) as row_no,
    reason_code,
    {{ code_word('reason_code', 'suppression_reason') }} as reason,
    cell_count
from counted
