-- The plan beside what is measured today, with the cells of the scheme and the rows of rules and costs behind each line.
select
    plan.site_id,
    plan.pollutant_id,
    plan.frequency,
    plan.current_frequency,
    plan.change,
    plan.starts,
    plan.plan_version,
    plan.method_code,
    plan.responsible,
    plan.cost_yuan_a,
    plan.reason,
    plan.chain_role,
    plan.grade,
    plan.rule_id,
    plan.samples_per_period,
    plan.current_cost_yuan_a,
    plan.detection_limit_ratio,
    plan.method_verified,
    {{ origin_join([
        'plan._origin',
        origin_seed('monitoring_frequency_rule', 'rule', {
            'frequency': 'frequency', 'rule_id': 'rule_id', 'reason': 'chain_role', 'grade': 'grade'}),
        origin_seed('monitoring_analyte_method', 'known', {'method_code': 'method_code', 'method_verified': 'verified'}),
        origin_seed('monitoring_method_cost', 'cost', {'method_code': 'method_code', 'cost_yuan_a': 'cost_low_yuan'}),
    ]) }} as _origin
from {{ ref('int_exposure__plan_rows_costed') }} as plan
left join {{ seed_rows('monitoring_frequency_rule') }} as rule on rule.rule_id = plan.rule_id
left join {{ seed_rows('monitoring_analyte_method') }} as known on known.rule_id = plan.method_rule_id
left join {{ seed_rows('monitoring_method_cost') }} as cost on cost.method_code = plan.method_code
