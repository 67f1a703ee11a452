{# What the facts of an earlier edition's open problems are today where facts_found has no row, because it lists only what is wrong: one
   row a fact of one object. A number or a yes ends the problem by evidence; a row with neither says that the rule does not apply any more.
   What nobody can know today has no row, and its problem stays open (gap GRADING:UNSEEN). #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

parameter as (
    select
        cast(max(case when parameter_id = 'network.alarm_days' then value end) as integer) as days,
        max(case when parameter_id = 'grading.veto_share' then value end) as share
    from {{ ref('int_core__parameter_values_chosen') }}
),

open_before as (
    select
        previous.enterprise_id,
        previous.object,
        rule.fact
    from {{ ref('stg_previous__problems') }} as previous
    inner join {{ ref('problem_rule') }} as rule on rule.rule_id = previous.rule_id
    where previous.source = 'rule' and previous.status <> 'closed'
    group by previous.enterprise_id, previous.object, rule.fact
),

-- a non-detect counts by its limit of detection; one above the limit proves nothing
measured as (
    select
        compared.site_id || '|' || compared.pollutant_id as object,
        max(coalesce(compared.ratio, compared.nondetect_ratio)) as ratio,
        count(*) as results
    from {{ ref('int_exposure__results_compared') }} as compared
    inner join {{ ref('environmental_limit') }} as standard on standard.limit_id = compared.limit_id
    cross join build
    cross join parameter
    where
        {{ binds_at_sensitive_place('standard.standard_code') }}
        and not coalesce(compared.is_open, false)
        and coalesce(compared.ratio, compared.nondetect_ratio) is not null
        and compared.sampled_at > build.as_of - parameter.days and compared.sampled_at < build.as_of + 1
    group by compared.site_id, compared.pollutant_id
),

contribution as (
    select
        site_id || '|' || pollutant_id as object,
        enterprise_id,
        share
    from {{ ref('int_exposure__site_shares_summed') }}
),

explained as (
    select distinct object from contribution
),

released as (
    select distinct enterprise_id
    from {{ ref('int_risk_grade__releases_loaded') }}
),

supervision as (
    select count(*) > 0 as is_known
    from {{ ref('stg_supervision__problems') }}
)

select
    found.enterprise_id,
    found.object,
    found.fact,
    case when contribution.share >= parameter.share then measured.ratio end as value,
    cast(null as boolean) as is_true,
    '最大为限值的' || {{ number_text('round_even(measured.ratio, 3)') }} || '倍，本企业贡献'
    || {{ number_text('round_even(100 * coalesce(contribution.share, 0), 0)') }} || '%' as description,
    'exposure.monitoring_result|' || found.object as evidence_key
from open_before as found
cross join parameter
inner join measured on measured.object = found.object
inner join explained on explained.object = found.object
left join contribution on contribution.object = found.object and contribution.enterprise_id = found.enterprise_id
where found.fact = 'sensitive_ratio_and_share'
union all
select
    found.enterprise_id,
    found.object,
    found.fact,
    cast(null as double) as value,
    true as is_true,
    '已监测、不再排放或者不在名录内' as description,
    'risk_grade.source_grade|' || found.enterprise_id as evidence_key
from open_before as found
inner join released on released.enterprise_id = found.enterprise_id
where found.fact = 'toxic_monitored'
union all
select
    found.enterprise_id,
    found.object,
    found.fact,
    cast(null as double) as value,
    cast(null as boolean) as is_true,
    '等级已不是红、橙级，不要求监测链' as description,
    'risk_grade.source_grade|' || found.enterprise_id as evidence_key
from open_before as found
inner join {{ ref('source_grade') }} as graded on graded.enterprise_id = found.enterprise_id and graded.grade > 2
where found.fact = 'chain_complete'
union all
select
    found.enterprise_id,
    found.object,
    found.fact,
    cast(0 as double) as value,
    cast(null as boolean) as is_true,
    '近期没有投诉' as description,
    'core.dim_enterprise|' || found.enterprise_id as evidence_key
from open_before as found
cross join supervision
where found.fact = 'complaints_30d' and supervision.is_known
union all
select
    found.enterprise_id,
    found.object,
    found.fact,
    cast(null as double) as value,
    true as is_true,
    '评估年度各来源之间已没有不一致' as description,
    'core.dim_enterprise|' || found.enterprise_id as evidence_key
from open_before as found
left join released on released.enterprise_id = found.enterprise_id
where
    found.fact = 'conflict_ratio' and found.object <> 'stated'
    and (found.object = 'employees' or released.enterprise_id is not null)
union all
select
    found.enterprise_id,
    found.object,
    found.fact,
    cast(null as double) as value,
    cast(null as boolean) as is_true,
    '所据填报已撤回' as description,
    'core.dim_enterprise|' || found.enterprise_id as evidence_key
from open_before as found
where found.object = 'stated'
