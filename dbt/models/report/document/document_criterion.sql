-- Rules by which a document's objects are judged, one row an item, as the engine of scores has them.
select
    item.deliverable_id as document_id,
    item.rule_set,
    item.item_id,
    cast(
        row_number() over (
            partition by item.deliverable_id
            order by item.rule_set asc nulls last, label.sort_no asc nulls last, item.item_no asc nulls last
        ) as integer
    ) as row_no,
    cast(
        row_number() over (
            partition by item.deliverable_id, item.rule_set
            order by label.sort_no asc nulls last, item.item_no asc nulls last
        ) as integer
    ) as set_row_no,
    cast(
        row_number() over (partition by item.deliverable_id, item.rule_set, item.kind order by item.item_no asc nulls last)
        as integer
    ) as kind_row_no,
    {{ code_word('item.kind', 'scoring_kind') }} as kind,
    item.kind as kind_code,
    {# the number before a stage only orders the stages #}
    {{ regexp_replace_all('item.dimension', '^[0-9] ') }} as dimension,
    item.text_cn,
    item.steps_cn,
    {# an item that takes points off has none to win #}
    nullif(item.max_points, 0) as max_points
from {{ ref('scoring_item') }} as item
left join {{ ref('code_label') }} as label on label.code_set = 'scoring_kind' and label.code = item.kind
where item.kind <> 'level' and item.deliverable_id is not null
