-- Visits to each enterprise: what several causes of one quarter ask for is one visit. It says why, what to look at and what to test; who is
-- not in it is left alone.
select
    cause.enterprise_id,
    cause.period,
    min(cause.due_by) as due_by,
    bool_or(cause.is_routine) as is_routine,
    cast(count(*) as integer) as merged_causes,
    {{ list_agg_distinct('cause.cause') }} as causes,
    {{ list_agg_distinct('cause.rule_id') }} as rule_ids,
    min(list.colour) as colour,
    min(list.grade) as grade
from {{ ref('int_risk_grade__inspection_causes_gathered') }} as cause
inner join {{ ref('supervision_list') }} as list on list.enterprise_id = cause.enterprise_id
group by cause.enterprise_id, cause.period
