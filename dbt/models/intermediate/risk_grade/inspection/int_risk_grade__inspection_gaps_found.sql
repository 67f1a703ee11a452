{# Rules of inspection that ask nothing because a fact that they need is unknown for the whole area, and that no visit or no check off
   site is on record: one row a rule, so that none is silent. #}
with

stated as (
    select distinct fact
    from {{ ref('int_risk_grade__facts_read') }}
    where lack is null
),

known as (
    select 'credit' as applies_to, 'good' as code
    from stated
    where fact = 'credit_good'
    union all
    select 'credit' as applies_to, 'bad' as code
    from stated
    where fact = 'credit_bad'
    union all
    select 'event' as applies_to, 'regional_inspection' as code
    from stated
    where fact = 'regional_inspection'
    union all
    select 'soil' as applies_to, 'key_unit' as code
    from {{ ref('stg_key_unit__entries') }}
    where soil is not null
    union all
    select 'event' as applies_to, 'new_source' as code
    from {{ ref('code_history') }}
    having count(distinct edition_no) > 1
),

lacking as (
    select
        rule.rule_id as name,
        '检查规则“' || {{ code_word('rule.rule_id', 'inspection_rule') }} || '”：' || case rule.code
            when 'good' then '没有企业信用良好的填报'
            when 'bad' then '没有企业处于信用惩戒期的填报'
            when 'regional_inspection' then '没有上级督察、帮扶检查的填报'
            when 'key_unit' then '没有载明土壤污染监管的重点单位名录'
            when 'new_source' then '首个版次没有更早的名单，不知哪些风险源是新列入的'
        end as missing,
        '该规则本期不安排也不减免检查' as effect
    from {{ ref('inspection_rule') }} as rule
    left join known on known.applies_to = rule.applies_to and known.code = rule.code
    where
        rule.code in ('good', 'bad', 'regional_inspection', 'key_unit', 'new_source')
        and rule.verified <> 'doubtful' and known.code is null
    group by rule.rule_id, rule.code
    union all
    select
        'visits' as name,
        '没有入企检查的记录（执法发现的问题、填报的入企日期）' as missing,
        '计划内的检查都按未完成列出' as effect
    from {{ ref('int_risk_grade__visits_recorded') }}
    having count(last_visited_on) = 0
    union all
    select
        'checks' as name,
        '没有非现场检查的记录（填报的非现场检查日期）' as missing,
        '当月的非现场检查都按未完成列出' as effect
    from {{ ref('int_risk_grade__visits_recorded') }}
    having count(last_checked_on) = 0
)

select
    'GRADING:INSPECTION:' || name as gap_id,
    '分级监管' as subject,
    missing,
    effect,
    name as subject_key
from lacking
