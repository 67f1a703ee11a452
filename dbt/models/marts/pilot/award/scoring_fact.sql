select
    rule_set,
    object_id,
    fact,
    period,
    value,
    value_text,
    rule.unit,
    source_table,
    is_known,
    source_kind,
    parent_table,
    parent_key,
    parent_column,
    coalesce(_origin, {{ origin_none() }}) as _origin
from {{ ref('int_pilot__scoring_facts_gathered') }} as gathered
left join (
    select rule_set as of_set, fact as of_fact, min(unit) as unit from {{ ref('scoring_rule') }} group by rule_set, fact
) as rule on rule.of_set = gathered.rule_set and rule.of_fact = gathered.fact
