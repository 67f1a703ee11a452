{# What a decision does to the problems that an appeal is about: the one that it names, else those of the enterprise with an appeal on
   record that the decision falls after. Upheld: they are withdrawn. Rejected: their term goes on by the days that the appeal took, except
   of a critical problem, whose term did not rest (appeal_rule AR-01). An appeal about none of them says so. #}
with

decided as (
    select
        appeal.*,
        lag(appeal.decided_at) over (
            partition by appeal.enterprise_id order by appeal.decided_at asc nulls last, appeal.appeal_id asc nulls last
        ) as decided_before
    from {{ ref('appeal') }} as appeal
    where appeal.status in ('upheld', 'rejected') and appeal.decided_at is not null
),

appealed as (
    select
        decided.appeal_id,
        decided.status,
        problem.problem_id,
        problem.description,
        problem.severity,
        problem.due,
        max({{ days_between('event.event_at', 'decided.decided_at') }}) as days_rested
    from decided
    inner join {{ ref('problem_event') }} as event
        on
            event.enterprise_id = decided.enterprise_id
            and event.event = 'appealed' and event.refusal is null
            and coalesce(event.problem_id = decided.problem_id, true)
            and event.event_at <= decided.decided_at
            and coalesce(event.event_at > decided.decided_before, true)
    inner join {{ ref('problem') }} as problem on problem.problem_id = event.problem_id
    group by decided.appeal_id, decided.status, problem.problem_id, problem.description, problem.severity, problem.due
),

worded as (
    select
        appeal_id,
        problem_id,
        '所涉问题“' || description || '”' || case
            when status = 'upheld' then '予以撤销'
            when due is null then '没有定整改期限'
            when severity = 'critical' then '的整改期限不因申诉中止，至' || {{ date_cn('due') }} || '届满'
            else '的整改期限自本决定作出之日起继续计算，至' || {{ date_cn('due + cast(days_rested as integer)') }} || '届满'
        end || '。' as term_cn
    from appealed
)

select
    decided.appeal_id,
    coalesce({{ listagg_text('worded.term_cn', '', 'worded.problem_id') }}, '本申诉不涉及在办问题的整改期限。') as term_cn
from decided
left join worded on worded.appeal_id = decided.appeal_id
group by decided.appeal_id
