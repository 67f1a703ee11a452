-- Codes in force by colour, every colour of the set.
select
    cast(row_number() over (order by colour.sort_no asc nulls last) as integer) as row_no,
    colour.code as colour_code,
    colour.label_cn as colour,
    cast(count(code.enterprise_id) as integer) as enterprise_count,
    cast(count(case when code.open_problems > 0 then 1 end) as integer) as with_problem_count,
    cast(count(case when code.overdue_problems > 0 then 1 end) as integer) as overdue_count,
    cast(count(case when code.appeal_status = 'pending' then 1 end) as integer) as appeal_count
from {{ ref('code_label') }} as colour
left join {{ ref('risk_code') }} as code on code.colour = colour.code
where colour.code_set = 'colour'
group by colour.code, colour.label_cn, colour.sort_no
