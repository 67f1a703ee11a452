-- The rules of the risk code, the age of data from which a code is grey as the profile has it.
select
    rule.rule_id,
    rule.kind,
    rule.colour_from,
    rule.colour_to,
    rule.condition_cn,
    rule.fact,
    rule.operator,
    case when rule.rule_id = 'CR-G1' then {{ number_text('parameter.value') }} else rule.threshold end as threshold,
    rule.unit,
    rule.clean_periods,
    rule.validity_days,
    rule.warning_distance,
    rule.warning_unit,
    rule.advice_cn,
    rule.precedence
from {{ ref('code_rule') }} as rule
cross join {{ ref('int_core__parameter_values_chosen') }} as parameter
where parameter.parameter_id = 'max_data_age_days' and rule.verified <> 'doubtful'
