-- The rules of how often is measured, as this edition used them, with the articles in force on the as-of date. Not here: what a site is
-- asked for (exposure.monitoring_plan).
with

basis as (
    {{ articles_of_seed('monitoring_frequency_rule', 'rule_id') }}
)

select
    rule.rule_id,
    rule.grade,
    rule.medium,
    rule.chain_role,
    rule.frequency,
    rule.samples_per_period,
    rule.pollutant_scope,
    rule.day_rule,
    rule.legal_minimum,
    rule.raise_rule,
    rule.lower_rule,
    basis.legal_basis,
    rule.verified,
    {{ origin_seed('monitoring_frequency_rule', 'rule', {
        'rule_id': 'rule_id', 'grade': 'grade', 'medium': 'medium', 'chain_role': 'chain_role', 'frequency': 'frequency',
        'samples_per_period': 'samples_per_period', 'pollutant_scope': 'pollutant_scope', 'legal_basis': 'legal_basis_id'}) }} as _origin
from {{ seed_rows('monitoring_frequency_rule') }} as rule
left join basis on basis.rule_id = rule.rule_id
where rule.verified <> 'doubtful'
