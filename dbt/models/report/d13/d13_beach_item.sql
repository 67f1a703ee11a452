-- Every item of every beach in its last year: what was measured, as a number and in words, and the points that the rules give for it. An
-- item that may take another's place has points only where it does.
with

last_year as (
    select beach_id, max(year) as year from {{ ref('beach_quality') }} group by beach_id
)

select
    cast(row_number() over (
        order by beach.name_cn asc nulls last, beach.beach_id asc nulls last, result.item_no asc nulls last
    ) as integer) as row_no,
    beach.beach_id,
    result.item_id,
    result.period,
    beach.name_cn,
    result.dimension,
    result.item,
    fact.value,
    {{ rule_fact_text('item', 'fact') }} as value_cn,
    case when result.is_known and (result.is_counted or result.stands_for is null) then result.points end as points,
    case when result.is_counted or result.stands_for is null then nullif(result.max_points, 0) end as max_points,
    case
        when result.is_counted and result.stands_for is not null then '代替上一项的得分'
        when not result.is_counted and result.stands_for is null then '以下一项的得分代替'
        when not result.is_counted and result.is_known then '上一项已得分，本项不计'
        when not result.is_known then '无数据，计0分'
    end as note
from {{ ref('beach_quality') }} as beach
inner join last_year on last_year.beach_id = beach.beach_id and last_year.year = beach.year
inner join {{ ref('scoring_result') }} as result
    on result.rule_set = 'beach' and result.kind = 'score'
    and result.object_id = beach.beach_id and result.period = {{ to_text('beach.year') }}
inner join {{ ref('scoring_item') }} as item on item.rule_set = 'beach' and item.item_id = result.item_id and item.kind = result.kind
left join {{ ref('scoring_fact') }} as fact
    on fact.rule_set = 'beach' and fact.object_id = result.object_id and fact.period = result.period and fact.fact = result.fact
