{# Facts that problem rules ask for and nobody knows: one row a fact, with the risk sources that it is not known of. Facts of which only
   what is wrong has a row (listed below) are known of every source, complaints where the area has supervision files at all; whether a
   problem comes back the loop knows itself. #}
with

asked as (
    select
        fact,
        min(condition_cn) as condition_cn
    from {{ ref('problem_rule') }}
    where verified <> 'doubtful'
    group by fact
),

supervision as (
    select count(*) > 0 as is_known
    from {{ ref('stg_supervision__problems') }}
),

known as (
    select distinct
        found.fact,
        found.enterprise_id
    from {{ ref('int_risk_grade__facts_found') }} as found
    inner join {{ ref('source_grade') }} as source on source.enterprise_id = found.enterprise_id
),

sources as (
    select count(*) as n
    from {{ ref('source_grade') }}
),

counted as (
    select
        asked.fact,
        asked.condition_cn,
        sources.n - count(known.enterprise_id) as n,
        sources.n as source_count
    from asked
    cross join sources
    cross join supervision
    left join known on known.fact = asked.fact
    where
        asked.fact not in ('toxic_monitored', 'chain_complete', 'sensitive_ratio_and_share', 'conflict_ratio', 'recurrence_12m')
        and not (asked.fact = 'complaints_30d' and supervision.is_known)
    group by asked.fact, asked.condition_cn, sources.n
)

select
    'GRADING:RULE-FACT:' || fact as gap_id,
    '问题规则' as subject,
    '事实未知：' || condition_cn || '（' || {{ to_text('source_count') }} || '家风险源中的' || {{ to_text('n') }} || '家）' as missing,
    '规则对这些企业不触发，不等于没有问题' as effect,
    fact as subject_key
from counted
where n > 0
