-- Levels of the award, each once with the categories that have it: points, most that is given, limits.
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
),

told as (
    select
        level.item_id,
        level.level_no,
        level.level_cn,
        level.score_cn,
        points.points_cn,
        caps.limits_cn,
        {{ listagg_text('label.label_cn', '、', 'label.sort_no') }} as categories,
        count(*) as category_count
    from level
    inner join {{ ref('code_label') }} as label on label.code_set = 'fund_track' and label.code = level.rule_set
    left join caps on caps.rule_set = level.rule_set
    left join points on points.rule_set = level.rule_set
    where level.level_no is not null
    group by level.item_id, level.level_no, level.level_cn, level.score_cn, points.points_cn, caps.limits_cn
)

select
    cast(row_number() over (
        order by told.level_no asc nulls last, told.category_count desc nulls last, told.categories asc nulls last
    ) as integer) as row_no,
    told.item_id,
    case when told.category_count = 4 then '各类' else told.categories end as categories,
    told.points_cn,
    told.level_cn,
    told.score_cn,
    awards.award_wan_yuan,
    told.limits_cn
from told
left join awards on awards.level_no = told.level_no
