-- Conditions and vetoes of the fund, each once with the categories that have it.
with

told as (
    select
        item.text_cn,
        item.kind,
        {{ listagg_text('label.label_cn', '、', 'label.sort_no') }} as categories,
        count(*) as category_count,
        min(item.item_id) as item_id
    from {{ ref('scoring_item') }} as item
    inner join {{ ref('code_label') }} as label on label.code_set = 'fund_track' and label.code = item.rule_set
    where item.kind in ('gate', 'veto')
    group by item.text_cn, item.kind
)

select
    cast(row_number() over (
        order by told.kind asc nulls last, told.category_count desc nulls last, told.item_id asc nulls last, told.text_cn asc nulls last
    ) as integer) as row_no,
    told.text_cn,
    told.kind as kind_code,
    {{ code_word('told.kind', 'scoring_kind') }} as kind,
    case when told.category_count = 4 then '各类' else told.categories end as categories
from told
