{# Which letters are due: of every open problem, of every overdue one, of every warning before a code gets worse, of every appeal by its
   state. One id a kind and object. #}
select
    'problem-' || problem_id as notice_id,
    'problem' as kind,
    'NOTICE_PROBLEM' as document,
    '标题;正文;权利告知' as places,
    enterprise_id,
    problem_id as object_id,
    '环境健康问题告知单' as default_title
from {{ ref('problem') }}
where status <> 'closed' and enterprise_id is not null
union all
select
    'rectify-' || problem_id as notice_id,
    'rectify' as kind,
    'NOTICE_RECTIFY' as document,
    '标题;正文' as places,
    enterprise_id,
    problem_id as object_id,
    '整改督办函' as default_title
from {{ ref('problem') }}
where status <> 'closed' and overdue_days > 0 and enterprise_id is not null
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
