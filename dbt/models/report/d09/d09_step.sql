-- The closed loop step by step: from which states each may follow, on which condition, and what comes of it.
with

worded as (
    select
        transition.event,
        coalesce({{ code_word('transition.status_from', 'problem_status') }}, '（新问题）') as state_before,
        coalesce(before.sort_no, 0) as before_no,
        transition.condition_cn,
        transition.status_to
    from {{ ref('loop_transition') }} as transition
    left join {{ ref('code_label') }} as before
        on before.code_set = 'problem_status' and before.code = transition.status_from
),

step as (
    select
        event,
        {{ listagg_text('state_before', '、', 'before_no') }} as states_before,
        min(status_to) as status_to
    from worded
    group by event
),

stated as (
    select distinct
        event,
        condition_cn
    from worded
),

condition as (
    select
        event,
        {{ listagg_text('condition_cn', '；', 'condition_cn') }} as condition_cn
    from stated
    group by event
)

select
    cast(row_number() over (order by label.sort_no asc nulls last, step.event asc nulls last) as integer) as row_no,
    step.event as event_code,
    coalesce(label.label_cn, decided.label_cn, ended.label_cn, step.event) as event,
    step.states_before,
    condition.condition_cn,
    coalesce({{ code_word('step.status_to', 'problem_status') }}, '申诉前的状态') as state_after
from step
inner join condition on condition.event = step.event
left join {{ ref('code_label') }} as label on label.code_set = 'problem_status' and label.code = step.event
left join {{ ref('code_label') }} as decided on decided.code_set = 'appeal_status' and decided.code = step.event
left join {{ ref('code_label') }} as ended on ended.code_set = 'loop_event' and ended.code = step.event
