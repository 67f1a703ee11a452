-- The rules of the risk code as this edition used them, so that whoever has the edition can compute a code.
select
    chosen.rule_id,
    chosen.kind,
    chosen.colour_from,
    chosen.colour_to,
    chosen.condition_cn,
    chosen.fact,
    chosen.operator,
    chosen.threshold,
    chosen.unit,
    chosen.clean_periods,
    chosen.validity_days,
    chosen.warning_distance,
    chosen.warning_unit,
    chosen.advice_cn,
    chosen.precedence,
    {{ origin_seed('code_rule', 'rule', [
        'rule_id', 'kind', 'colour_from', 'colour_to', 'condition_cn', 'fact', 'operator', 'threshold', 'clean_periods',
        'validity_days', 'warning_distance', 'precedence']) }} as _origin
from {{ ref('int_risk_grade__code_rules_chosen') }} as chosen
inner join {{ seed_rows('code_rule') }} as rule on rule.rule_id = chosen.rule_id
