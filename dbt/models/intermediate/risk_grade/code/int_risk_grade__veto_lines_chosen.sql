-- The risks at a sensitive point from which a veto of the code is true: the lines of the grading, by the fact of the rule.
select
    'sensitive_cr_or_hi' as fact,
    max(case when parameter_id = 'grading.veto_cr_red' then value end) as cancer_risk,
    max(case when parameter_id = 'grading.veto_hi_red' then value end) as hazard_index
from {{ ref('int_core__parameter_values_chosen') }}
union all
select
    'sensitive_cr_or_hi_mid' as fact,
    max(case when parameter_id = 'grading.veto_cr_orange' then value end) as cancer_risk,
    max(case when parameter_id = 'grading.veto_hi_orange' then value end) as hazard_index
from {{ ref('int_core__parameter_values_chosen') }}
