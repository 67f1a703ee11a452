{# Which letters are due: one of every problem that its enterprise has not yet acknowledged and whose term still runs; one an enterprise
   of all its overdue problems that nobody has checked as mended; one of every warning before a code gets worse; one of every appeal that
   was accepted, and one of every one that was decided, in the period of this edition (since the edition before it, else in the month of
   its day): such a letter goes out once. A red code cannot get worse: its letter threatens no change. One id a kind and object. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

period as (
    select
        build.as_of,
        coalesce(max(previous.as_of), cast(date_trunc('month', build.as_of) as date) - 1) as ended_before
    from build
    left join {{ ref('stg_previous__editions') }} as previous on true
    group by build.as_of
),

overdue as (
    select distinct problem.enterprise_id
    from {{ ref('problem') }} as problem
    where {{ is_urged('problem') }} and problem.enterprise_id is not null
)

select
    'problem-' || problem.problem_id as notice_id,
    'problem' as kind,
    'NOTICE_PROBLEM' as document,
    case when problem.source = 'rule' then '标题;正文（规则识别）;权利告知' else '标题;正文;权利告知' end as places,
    problem.enterprise_id,
    problem.problem_id as object_id,
    '环境健康问题告知单' as default_title
from {{ ref('problem') }} as problem
cross join build
where
    problem.status in ('detected', 'issued', 'reopened')
    and coalesce(problem.due >= build.as_of, true)
    and problem.enterprise_id is not null
union all
select
    'rectify-' || overdue.enterprise_id as notice_id,
    'rectify' as kind,
    'NOTICE_RECTIFY' as document,
    case when code.colour <> 'red' then '标题;正文;后果' else '标题;正文;后果（红码）' end as places,
    overdue.enterprise_id,
    overdue.enterprise_id as object_id,
    '整改督办函' as default_title
from overdue
left join {{ ref('risk_code') }} as code on code.enterprise_id = overdue.enterprise_id
union all
select
    'warning-' || enterprise_id || '-' || rule_id as notice_id,
    'warning' as kind,
    'NOTICE_WARNING' as document,
    '标题;正文' as places,
    enterprise_id,
    rule_id as object_id,
    '风险码降级预警与帮扶函' as default_title
from {{ ref('early_warning') }}
union all
select
    'appeal-' || appeal.appeal_id as notice_id,
    'appeal' as kind,
    'NOTICE_APPEAL' as document,
    case appeal.status when 'pending' then '受理' when 'upheld' then '成立;救济告知' else '不成立;救济告知' end as places,
    appeal.enterprise_id,
    appeal.appeal_id as object_id,
    case appeal.status when 'pending' then '申诉受理通知书' else '申诉决定书' end as default_title
from {{ ref('appeal') }} as appeal
cross join period
where
    appeal.enterprise_id is not null
    and case
        when appeal.status = 'pending' then appeal.filed_at > period.ended_before
        when appeal.status in ('upheld', 'rejected') then coalesce(appeal.decided_at > period.ended_before, true)
    end
