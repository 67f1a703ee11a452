-- Stage gates that each project has yet to pass, and vetoes, in words.
select
    project.row_no,
    project.project_id,
    project.name_cn,
    project.stage_reached,
    cast({{ list_size('plus.open_gates') }} as integer) as open_count,
    (
        select {{ listagg_text('item.text_cn', '；', 'item.item_id') }}
        from {{ ref('scoring_item') }} as item
        where item.rule_set = 'industry_plus' and {{ list_has('plus.open_gates', 'item.item_id') }}
    ) as open_gates,
    (
        select {{ listagg_text('item.text_cn', '；', 'item.item_id') }}
        from {{ ref('scoring_item') }} as item
        where item.rule_set = 'industry_plus' and {{ list_has('plus.vetoes', 'item.item_id') }}
    ) as vetoes
from {{ ref('d13_project') }} as project
inner join {{ ref('industry_plus') }} as plus on plus.project_id = project.project_id
