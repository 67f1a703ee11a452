{# Arrows of the two charts. Code: from the grade to a colour, to a worse one at once (how many rules), to a milder one after clean
   periods, to grey and back. Loop: the usual transitions of a problem. One row an arrow. #}
with

rule as (
    select
        rule.*,
        target.label_cn as colour_word,
        origin.label_cn as colour_before,
        target.sort_no
    from {{ ref('colour_rule') }} as rule
    left join {{ ref('code_label') }} as target on target.code_set = 'colour' and target.code = rule.colour_to
    left join {{ ref('code_label') }} as origin on origin.code_set = 'colour' and origin.code = rule.colour_from
),

arrow as (
    select
        'code' as chart,
        rule_id as arrow_id,
        '按等级赋码' as source,
        colour_word as target,
        case when threshold is null then '等级缺失' else '' end as condition_cn
    from rule
    where kind = 'base'
    union all
    select
        'code' as chart,
        min(rule.rule_id) as arrow_id,
        milder.label_cn as source,
        rule.colour_word as target,
        '立即（' || {{ to_text('count(*)') }} || '条规则）' as condition_cn
    from rule
    inner join {{ ref('code_label') }} as milder on milder.code_set = 'colour' and milder.sort_no = rule.sort_no + 1
    where rule.kind in ('veto', 'downgrade')
    group by milder.label_cn, rule.colour_word
    union all
    select
        'code' as chart,
        rule_id as arrow_id,
        colour_before as source,
        coalesce(colour_word, '按等级赋码') as target,
        case when clean_periods > 0 then '连续' || {{ to_text('clean_periods') }} || '期' else '资料补齐' end as condition_cn
    from rule
    where kind = 'upgrade'
    union all
    select
        'code' as chart,
        min(rule.rule_id) as arrow_id,
        mild.label_cn as source,
        rule.colour_word as target,
        '资料过期' as condition_cn
    from rule
    inner join {{ ref('code_label') }} as mild on mild.code_set = 'colour' and mild.code = 'yellow'
    where rule.kind = 'grey'
    group by mild.label_cn, rule.colour_word
    union all
    select
        'loop' as chart,
        transition.transition_id as arrow_id,
        coalesce({{ code_word('transition.status_from', 'problem_status') }}, '') as source,
        {{ code_word('transition.status_to', 'problem_status') }} as target,
        transition.condition_cn
    from {{ ref('loop_transition') }} as transition
    where transition.is_usual and transition.status_from is not null
)

select
    cast(row_number() over (order by chart asc nulls last, arrow_id asc nulls last) as integer) as row_no,
    arrow_id,
    chart,
    source,
    target,
    condition_cn
from arrow
