{# What the pilot lacks: facts that rules ask, open days of nobody, a budget. #}
with

{# what the first rule that asks for a fact calls it #}
asked as (
    select rule_set, fact, min(text_cn) as text_cn
    from {{ ref('scoring_rule') }}
    group by rule_set, fact
)

select
    'SCORING:' || fact.rule_set || ':' || fact.fact as gap_id,
    '评分事实 / fact of a rule ' || coalesce(max(rules.name_cn), fact.rule_set) || '：'
    || coalesce(max(asked.text_cn), fact.fact) as subject,
    {{ to_text('count(*)') }} || ' 个对象无数据 / objects without data' as missing,
    '条件未通过，评分计0分，否决不触发 / gates are not passed, scores are 0, vetoes do not fire' as effect,
    fact.rule_set || '.' || fact.fact as subject_key,
    'document:' || max(rules.deliverable_id) as about
from {{ ref('int_pilot__scoring_facts_gathered') }} as fact
left join {{ ref('scoring_rule_set') }} as rules on rules.rule_set = fact.rule_set
left join asked on asked.rule_set = fact.rule_set and asked.fact = fact.fact
where not fact.is_known
group by fact.rule_set, fact.fact
union all
select
    'SCORING:UNPLACED:' || object_kind || ':' || trim(object_id) as gap_id,
    '评分事实 / stated facts of ' || trim(object_id) as subject,
    '找不到唯一对应的对象 / no single object fits' as missing,
    {{ to_text('count(*)') }} || ' 项事实未采用 / facts are not used' as effect,
    trim(object_id) as subject_key,
    'pilot.scoring_fact' as about
from {{ ref('int_pilot__facts_placed') }}
where object_code is not null and object_key is null
group by object_kind, trim(object_id)
union all
select
    'OPENDAY:' || coalesce(opened.credit_code, opened.enterprise_name, '') as gap_id,
    '设施开放 / open days of ' || coalesce(opened.enterprise_name, opened.credit_code, '') as subject,
    '找不到唯一对应的场所 / no single site fits' as missing,
    {{ to_text('count(*)') }} || ' 个开放日未计 / open days are not counted' as effect,
    coalesce(opened.credit_code, opened.enterprise_name, '') as subject_key,
    'pilot.open_facility' as about
from {{ ref('stg_pilot__open_days') }} as opened
left join {{ ref('int_inventory__named_records_matched') }} as found
    on found.raw_table = 'pilot_open_day' and found._record_id = opened._record_id
where found.enterprise_id is null
group by opened.credit_code, opened.enterprise_name
union all
select
    'FUND:' || 'budget' as gap_id,
    '奖补基金预算 / budget of the fund' as subject,
    '经费表无任务12的预算 / no budget of task 12 in the table of money' as missing,
    '奖补金额未知 / awards are unknown' as effect,
    'fund' as subject_key,
    'pilot.fund_award' as about
where
    exists (select 1 from {{ ref('stg_pilot__applications') }})
    and not exists (
        select 1 from {{ ref('stg_pilot__fundings') }}
        where try_cast(task_no as integer) = 12 and budget_yuan is not null
    )
