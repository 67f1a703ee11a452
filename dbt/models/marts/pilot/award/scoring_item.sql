-- The rules, one row an item: its steps are those of the seed.
select
    rule.rule_set,
    rule.item_id,
    rule.kind,
    rule_set.name_cn as rule_set_name,
    rule_set.deliverable_id,
    cast(min(rule._line) as integer) as item_no,
    min(rule.dimension) as dimension,
    min(rule.text_cn) as text_cn,
    max(rule.max_points) as max_points,
    {{ listagg_text(rule_step_text('rule'), '；', 'rule.step_no') }} as steps_cn,
    bool_or(rule.operator in ('is_true', 'is_false')) as is_yes_no,
    {{ origin_collect(origin_seed('scoring_rule', 'rule', ['rule_set', 'item_id', 'kind', 'dimension', 'text_cn', 'max_points'])) }}
        as _origin
from {{ seed_rows('scoring_rule') }} as rule
inner join {{ ref('scoring_rule_set') }} as rule_set on rule_set.rule_set = rule.rule_set
group by rule.rule_set, rule.item_id, rule.kind, rule_set.name_cn, rule_set.deliverable_id
