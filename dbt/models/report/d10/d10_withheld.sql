-- Cells that are not published, by reason.
select
    cast(row_number() over (order by count(*) desc nulls last, factor.suppression_reason asc nulls last) as integer) as row_no,
    factor.suppression_reason as reason_code,
    {{ code_word('factor.suppression_reason', 'suppression_reason') }} as reason,
    cast(count(*) as integer) as cell_count
from {{ ref('factor') }} as factor
where not factor.is_published
group by factor.suppression_reason
