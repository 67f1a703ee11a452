-- Visits to each enterprise that are due and not done: what several causes of one quarter ask for is one visit, and it says why; who is not
-- in it is left alone.
select
    cause.enterprise_id,
    cause.period,
    min(cause.due_by) as due_by,
    bool_or(cause.is_routine) as is_routine,
    cast(count(*) as integer) as merged_causes,
    {{ list_agg_distinct('cause.cause') }} as causes,
    {{ list_agg_distinct('cause.rule_id') }} as rule_ids,
    min(supervised.colour) as colour,
    min(supervised.grade) as grade
from {{ ref('int_risk_grade__inspection_causes_gathered') }} as cause
inner join {{ ref('int_risk_grade__supervision_rules_chosen') }} as supervised on supervised.enterprise_id = cause.enterprise_id
group by cause.enterprise_id, cause.period
