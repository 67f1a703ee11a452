select
    cast(row_number() over (order by cut.cut_id asc nulls last) as integer) as row_no,
    cut.cut_id,
    cut.name_cn,
    case when cut.cut_id like 'grading.hl%' then '千克每年×毒性权重，取常用对数' else '人·秒/立方米' end as unit,
    cut.value,
    cut.proposed_value,
    {{ code_word('cut.state', 'grade_cut_state') }} as state
from {{ ref('grade_cut') }} as cut
