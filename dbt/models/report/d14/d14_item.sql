-- The scores of each application line by line: what was known, how points are given, what was given.
select
    cast(row_number() over (
        order by result.object_id asc nulls last, result.item_no asc nulls last
    ) as integer) as row_no,
    result.rule_set,
    result.object_id,
    result.item_id,
    result.period,
    award.applicant_name,
    {{ code_word('result.kind', 'scoring_kind') }} as kind,
    result.item,
    fact.fact_cn,
    case
        when result.award_share is not null then {{ significant_text('100 * result.award_share', 4) }} || '%'
        else {{ rule_fact_text('item', 'fact') }}
    end as value_cn,
    item.steps_cn,
    result.points,
    result.max_points,
    case
        when not result.is_known and result.kind = 'score' then '无数据，计0分'
        when not result.is_known and result.kind = 'gate' then '无数据，待核'
        when not result.is_known then '无数据'
        when result.kind = 'score' then null
        when result.passed then '满足'
        else '不满足'
    end as conclusion
from {{ ref('scoring_result') }} as result
inner join {{ ref('fund_award') }} as award on award.application_id = result.object_id
inner join {{ ref('scoring_item') }} as item
    on item.rule_set = result.rule_set and item.item_id = result.item_id and item.kind = result.kind
left join {{ ref('scoring_fact') }} as fact
    on fact.rule_set = result.rule_set and fact.object_id = result.object_id
    and fact.period = result.period and fact.fact = result.fact
where result.rule_set like 'fund%' and result.kind in ('gate', 'score', 'cap', 'veto')
