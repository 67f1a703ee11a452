-- What each application would get under each scenario of the seed fund_scenario; one of them is the rule in force.
select
    awarded.scenario,
    awarded.application_id,
    awarded.amount_yuan as asked_yuan,
    awarded.award_yuan,
    awarded.place,
    awarded.reason,
    scenario.scenario_no,
    scenario.name_cn as scenario_name,
    prepared.budget_yuan * scenario.budget_factor as budget_yuan,
    scenario.scenario = case when rule.value = 1 then 'knapsack' else 'cut_off' end as is_in_force
from {{ ref('int_pilot__awards_allocated') }} as awarded
inner join {{ ref('fund_scenario') }} as scenario on scenario.scenario = awarded.scenario
inner join {{ ref('int_pilot__applications_prepared') }} as prepared on prepared.application_id = awarded.application_id
inner join {{ ref('int_core__parameter_values_chosen') }} as rule on rule.parameter_id = 'fund.is_knapsack'
