{# Which letters are due: of every problem that its enterprise has not yet acknowledged and whose term still runs, of every overdue one
   that nobody has checked as mended, of every warning before a code gets worse, of every appeal by its state. A red code cannot get
   worse: its letter threatens no change. One id a kind and object. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
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
    'rectify-' || problem.problem_id as notice_id,
    'rectify' as kind,
    'NOTICE_RECTIFY' as document,
    case when code.colour <> 'red' then '标题;正文;后果' else '标题;正文;后果（红码）' end as places,
    problem.enterprise_id,
    problem.problem_id as object_id,
    '整改督办函' as default_title
from {{ ref('problem') }} as problem
left join {{ ref('risk_code') }} as code on code.enterprise_id = problem.enterprise_id
where problem.status not in ('verified', 'closed') and problem.overdue_days > 0 and problem.enterprise_id is not null
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
    'appeal-' || appeal_id as notice_id,
    'appeal' as kind,
    'NOTICE_APPEAL' as document,
    case status when 'pending' then '受理' when 'upheld' then '成立;救济告知' else '不成立;救济告知' end as places,
    enterprise_id,
    appeal_id as object_id,
    case status when 'pending' then '申诉受理通知书' else '申诉决定书' end as default_title
from {{ ref('appeal') }}
where status in ('pending', 'upheld', 'rejected') and enterprise_id is not null
