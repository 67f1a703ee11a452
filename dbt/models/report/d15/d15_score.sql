-- The scoring form of each category: applicants give themselves points and name the evidence.
select
    item.rule_set,
    item.item_id,
    cast(row_number() over (partition by item.rule_set order by item.item_no asc nulls last) as integer) as row_no,
    item.dimension,
    item.text_cn,
    item.steps_cn,
    item.max_points,
    cast('' as {{ type_string() }}) as self_score,
    cast('' as {{ type_string() }}) as evidence
from {{ ref('scoring_item') }} as item
where item.rule_set like 'fund%' and item.kind = 'score'
