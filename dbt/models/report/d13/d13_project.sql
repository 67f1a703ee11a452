-- Projects of 环境健康+: what is put in, what comes out, how it was accounted and how far it has come.
select
    cast(row_number() over (
        order by plus.is_converted desc nulls last, plus.stage_reached desc nulls last, plus.value_yuan desc nulls last,
        plus.project_id asc nulls last
    ) as integer) as row_no,
    plus.project_id,
    plus.name_cn,
    {{ code_word('plus.category', 'industry_category') }} as category,
    plus.industry,
    plus.implementer,
    plus.input_yuan / 10000 as input_wan_yuan,
    plus.value_yuan / 10000 as value_wan_yuan,
    plus.accounting_method,
    case when plus.is_value_verified then '已证明' else '待核' end as value_basis,
    {{ code_word(to_text('plus.stage_reached'), 'plus_stage') }} as stage_reached,
    plus.stage as stage_stated,
    case when plus.is_converted then '已转化' when {{ list_size('plus.vetoes') }} > 0 then '不予认定' else '推进中' end as conclusion,
    {{ evidence_word('plus.evidence') }} as evidence
from {{ ref('industry_plus') }} as plus
