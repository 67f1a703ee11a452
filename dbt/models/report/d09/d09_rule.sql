select
    cast(
        row_number() over (order by rule.precedence asc nulls last, rule.rule_id asc nulls last) as integer
    ) as row_no,
    rule.rule_id,
    case rule.kind
        when 'base' then '按等级赋码' when 'grey' then '资料不足' when 'veto' then '一票否决' when 'downgrade' then '变差'
        when 'upgrade' then '变轻' when 'hold' then '维持与预警' when 'validity' then '有效期' else rule.kind
    end as kind,
    rule.condition_cn,
    {{ code_word('rule.colour_to', 'colour') }} as colour_to,
    rule.validity_days,
    rule.clean_periods
from {{ ref('colour_rule') }} as rule
