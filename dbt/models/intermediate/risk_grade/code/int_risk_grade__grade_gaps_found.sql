{# What grades, codes and the loop lack: facts that code rules ask for and nobody knows, sources without a grade, cells whose grade the
   unknown would decide, events that a guard refused or that fit no problem, answers that fit no question. One row a kind and name. #}
with

unknown as (
    select
        {{ unnest_list('unknown_facts') }} as fact,
        enterprise_id
    from {{ ref('risk_code') }}
),

rule as (
    select fact, min(condition_cn) as condition_cn
    from {{ ref('int_risk_grade__code_rules_chosen') }}
    group by fact
),

answer as (
    select count(*) as answers
    from {{ ref('stg_site_survey__answers') }} as answer
    left join {{ ref('site_survey_question') }} as question
        on {{ question_key('question.question_cn') }} = {{ question_key('answer.question') }}
    where question.question_id is null
),

counted as (
    select
        'FACT' as code,
        unknown.fact as name,
        '风险码' as subject,
        '事实未知：' || max(rule.condition_cn) as missing,
        count(*) as n,
        '该规则不触发，码色不因此变差，也不因此变好' as effect
    from unknown
    left join rule on rule.fact = unknown.fact
    where unknown.fact <> 'grade'
    group by unknown.fact
    union all
    select
        'UNGRADED' as code,
        'source' as name,
        '风险源分级' as subject,
        '资料不足、没有等级的风险源' as missing,
        count(*) as n,
        '等级为空，码为灰' as effect
    from {{ ref('source_grade') }}
    where grade is null
    union all
    select
        'UNGRADED' as code,
        'cell' as name,
        '分区' as subject,
        '资料不足、没有等级的网格' as missing,
        count(*) as n,
        '不划入任何分区' as effect
    from {{ ref('zone_grade') }}
    where grade is null
    union all
    select
        'REFUSED' as code,
        refusal as name,
        '问题流转' as subject,
        '未采用的环节' as missing,
        count(*) as n,
        '不改变问题状态，原样保留' as effect
    from {{ ref('problem_event') }}
    where refusal is not null
    group by refusal
    union all
    select
        'ORPHAN' as code,
        'event' as name,
        '问题流转' as subject,
        '对不上问题的环节' as missing,
        count(*) as n,
        '不列入任何问题，留在原始数据中' as effect
    from {{ ref('stg_supervision__events') }} as event
    left join {{ ref('problem') }} as problem on problem.problem_id = event.problem_id
    where problem.problem_id is null
    union all
    select
        'ORPHAN' as code,
        'appeal' as name,
        '申诉' as subject,
        '所写问题编号不在问题清单中的申诉' as missing,
        count(*) as n,
        '不影响任何问题的期限和状态' as effect
    from {{ ref('appeal') }} as appeal
    left join {{ ref('problem') }} as problem on problem.problem_id = appeal.problem_id
    where appeal.problem_id is not null and problem.problem_id is null
    union all
    select
        'UNSEEN' as code,
        previous.rule_id as name,
        '问题清单' as subject,
        '事实本期不可知的规则问题：' || max(rule.condition_cn) as missing,
        count(*) as n,
        '问题保留未结，不视为已消除' as effect
    from {{ ref('stg_previous__problems') }} as previous
    inner join {{ ref('problem') }} as problem on problem.problem_id = previous.problem_id and problem.status <> 'closed'
    inner join {{ ref('problem_rule') }} as rule on rule.rule_id = previous.rule_id
    left join {{ ref('int_risk_grade__rules_fired') }} as fired on fired.problem_id = previous.problem_id
    where previous.source = 'rule' and fired.problem_id is null
    group by previous.rule_id
    union all
    select
        'STATED-' || upper(lack) as code,
        object_id as name,
        '填报事实 ' || object_id as subject,
        case lack
            when 'object' then '对不上任何企业'
            when 'objects' then '对应不止一家企业'
            when 'value' then '既不是数也不是是、否'
            when 'share' then '比例大于1而无百分号'
        end as missing,
        count(*) as n,
        '不作为事实，规则不据此触发' as effect
    from {{ ref('int_risk_grade__facts_read') }}
    where lack is not null
    group by object_id, lack
    union all
    select
        'ANSWER' as code,
        'question' as name,
        '管理问卷' as subject,
        '对不上题目的答案' as missing,
        answers as n,
        '不计分，按未作答' as effect
    from answer
)

select
    'GRADING:' || code || ':' || name as gap_id,
    subject,
    missing || '（' || {{ to_text('n') }} || '）' as missing,
    effect,
    name as subject_key
from counted
where n > 0
