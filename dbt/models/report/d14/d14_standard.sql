-- Levels of the award by category: points, most that is given, limits.
with

caps as (
    select
        item.rule_set,
        {{ listagg_text('item.text_cn', '；', 'item.item_no') }} as limits_cn
    from {{ ref('scoring_item') }} as item
    where item.kind = 'cap' and item.rule_set like 'fund%'
    group by item.rule_set
),

part as (
    select rule_set, min(item_no) as item_no, dimension || {{ number_text('sum(max_points)') }} as told
    from {{ ref('scoring_item') }}
    where kind = 'score' and rule_set like 'fund%'
    group by rule_set, dimension
),

points as (
    select rule_set, {{ listagg_text('told', '、', 'item_no') }} as points_cn
    from part
    group by rule_set
),

level as (
    select
        item.rule_set,
        item.item_id,
        item.text_cn as level_cn,
        item.steps_cn as score_cn,
        case item.item_id when 'L1' then 1 when 'L2' then 2 when 'L3' then 3 end as level_no
    from {{ ref('scoring_item') }} as item
    where item.kind = 'level' and item.rule_set like 'fund%'
),

awards as (
    {% for level_no in [1, 2, 3] -%}
    select
        {{ level_no }} as level_no,
        max({{ try_double('value') }}) / 10000 as award_wan_yuan
    from {{ ref('parameter_used') }}
    where parameter_id = 'fund.award_level_{{ level_no }}_yuan'
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor %}
)

select
    cast(row_number() over (order by label.sort_no asc nulls last, level.level_no asc nulls last) as integer) as row_no,
    level.rule_set,
    level.item_id,
    label.label_cn as category,
    points.points_cn,
    level.level_cn,
    level.score_cn,
    awards.award_wan_yuan,
    caps.limits_cn
from level
inner join {{ ref('code_label') }} as label on label.code_set = 'fund_track' and label.code = level.rule_set
left join awards on awards.level_no = level.level_no
left join caps on caps.rule_set = level.rule_set
left join points on points.rule_set = level.rule_set
where level.level_no is not null
