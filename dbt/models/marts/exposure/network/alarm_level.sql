-- The levels of alarm as this edition used them. Not here: which results reached them (exposure.monitoring_alarm).
select
    rule.rule_id,
    rule.level,
    rule.above_ratio,
    rule.up_to_ratio,
    rule.label_cn,
    rule.response_cn,
    rule.response_days,
    rule.verified,
    {{ origin_seed('alarm_rule', 'rule', [
        'rule_id', 'level', 'above_ratio', 'up_to_ratio', 'label_cn', 'response_cn', 'response_days', 'verified']) }} as _origin
from {{ seed_rows('alarm_rule') }} as rule
where rule.verified <> 'doubtful'
