{# Matrices of experts: accepted or refused, with the pair that fits worst. #}
with

words as (
    select code as item, label_cn from {{ ref('code_label') }} where code_set = 'dimension_of_index'
    union all
    select indicator_id as item, name_cn as label_cn from {{ ref('indicator') }}
)

select
    cast(row_number() over (
        order by judged.is_accepted asc nulls last, judged.layer asc nulls last, judged.expert_no asc nulls last
    ) as integer) as row_no,
    judged.expert_no,
    judged.layer as layer_code,
    case when judged.layer = 'dimension' then '各维度之间' else {{ code_word('judged.layer', 'dimension_of_index') }} end as layer_word,
    judged.size,
    judged.consistency_ratio,
    case when judged.is_accepted then '采用' else '退回' end as outcome,
    {{ code_word('judged.fault', 'matrix_fault') }} as fault,
    coalesce(first_item.label_cn, judged.worst_row) || coalesce('与' || coalesce(second_item.label_cn, judged.worst_column), '')
        as worst_pair
from {{ ref('expert_matrix') }} as judged
left join words as first_item on first_item.item = judged.worst_row
left join words as second_item on second_item.item = judged.worst_column
