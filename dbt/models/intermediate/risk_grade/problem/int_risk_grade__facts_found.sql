{# Facts of enterprises that problem rules ask for, in the words of the seed problem_rule: one row a fact of one object. `value` holds
   a number, `is_true` a yes or no; `newest_on` is the day of the newest result, record or window that is at fault, null of a state that
   stands until its words change (a permit, a year's release, a chain, a dossier). What nobody knows has no row, and no rule fires on
   it: whether a permit past its date holds is unknown where the register still calls it valid, its days left (below 0) are not. Every
   release that a permit limits is held against it, so that one that has fallen below ends its problem; where the permit allows none (0 t)
   whatever is released exceeds it, by no factor that is a number. Of the age of its data only a
   site that operates under a permit answers, so that of others the fact has no value and what was found before ends. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

parameter as (
    select max(case when parameter_id = 'problem.complaint_days' then value end) as complaint_days
    from {{ ref('int_core__parameter_values_chosen') }}
),

-- what a register knows is not asked of a clerk
registered as (
    select distinct enterprise_id, fact
    from {{ ref('int_risk_grade__facts_looked_up') }}
),

complaint as (
    select
        matched.enterprise_id,
        count(*) as complaints,
        max(problem.found_on) as newest_on
    from {{ ref('stg_supervision__problems') }} as problem
    inner join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'supervision_problem' and matched._record_id = problem._record_id
    inner join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'problem_source' and lower(word.word) = lower(trim(problem.problem_source_word))
    cross join build
    cross join parameter
    where word.code = 'complaint' and problem.found_on > build.as_of - cast(parameter.complaint_days as integer)
    group by matched.enterprise_id
)

select enterprise_id, object, fact, value, cast(null as boolean) as is_true, description, evidence_key, newest_on
from {{ ref('int_risk_grade__exceedances_counted') }}
where fact not in ('exceed_90d_hours', 'exceed_90d_days')
union all
select enterprise_id, object, fact, value, is_true, description, evidence_key, newest_on
from {{ ref('int_risk_grade__monitoring_facts_found') }}
union all
select enterprise_id, object, fact, value, is_true, description, evidence_key, newest_on
from {{ ref('int_risk_grade__facts_looked_up') }}
union all
select
    stated.enterprise_id,
    'stated' as object,
    stated.fact,
    stated.value,
    stated.is_true,
    stated.description,
    stated.evidence_key,
    stated.dated_on as newest_on
from {{ ref('int_risk_grade__facts_stated') }} as stated
left join registered on registered.enterprise_id = stated.enterprise_id and registered.fact = stated.fact
where
    registered.fact is null
    and stated.fact not in (
        'permit_valid', 'permit_days_left', 'actual_to_permitted', 'toxic_monitored', 'data_age', 'complaints_30d',
        'stack_exceed_hours', 'water_exceed', 'fence_ratio', 'chain_complete', 'monitoring_done_share', 'sensitive_ratio_and_share'
    )
union all
select
    enterprise_id,
    object,
    'permit_valid' as fact,
    cast(null as double) as value,
    days_left >= 0 as is_true,
    '许可证' || object || '有效期至' || {{ date_cn('valid_to') }} as description,
    'core.dim_enterprise|' || enterprise_id as evidence_key,
    cast(null as date) as newest_on
from {{ ref('int_risk_grade__permits_dated') }}
where days_left >= 0 or not says_valid
union all
select
    enterprise_id,
    object,
    'permit_days_left' as fact,
    cast(days_left as double) as value,
    cast(null as boolean) as is_true,
    '许可证' || object || '有效期至' || {{ date_cn('valid_to') }} as description,
    'core.dim_enterprise|' || enterprise_id as evidence_key,
    cast(null as date) as newest_on
from {{ ref('int_risk_grade__permits_dated') }}
where days_left >= 0 or says_valid
union all
select
    compared.enterprise_id,
    compared.outlet_id || '|' || compared.medium || '|' || compared.pollutant_id as object,
    'actual_to_permitted' as fact,
    case
        when compared.permitted_t > 0 then compared.emission_t / compared.permitted_t
        when compared.permitted_t = 0 and compared.emission_t > 0 then cast('infinity' as double)
        when compared.permitted_t = 0 then compared.emission_t
    end as value,
    cast(null as boolean) as is_true,
    coalesce(pollutant.name_cn, compared.pollutant_id) || {{ to_text('compared.year') }}
    || '年核算的排放量' || {{ significant_text('compared.emission_t', 6) }}
    || ' t，许可排放量' || {{ number_text('compared.permitted_t') }} || ' t' as description,
    compared.evidence_key,
    cast(null as date) as newest_on
from {{ ref('int_inventory__permits_compared') }} as compared
inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = compared.year
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = compared.pollutant_id
union all
select
    carcinogen.enterprise_id,
    carcinogen.pollutant_id as object,
    'toxic_monitored' as fact,
    cast(null as double) as value,
    false as is_true,
    '排放' || coalesce(pollutant.name_cn, carcinogen.pollutant_id) || '而无监测结果' as description,
    'risk_grade.source_grade|' || carcinogen.enterprise_id as evidence_key,
    cast(null as date) as newest_on
from {{ ref('int_risk_grade__carcinogens_unmonitored') }} as carcinogen
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = carcinogen.pollutant_id
where {{ list_has('pollutant.list_codes', "'TAP2018'") }} or {{ list_has('pollutant.list_codes', "'TWP2019'") }}
union all
select
    age.enterprise_id,
    'dossier' as object,
    'data_age' as fact,
    case when site.status = 'operating' and site.permit_no is not null then cast(age.days_since as double) end as value,
    cast(null as boolean) as is_true,
    '最新数据日期为' || {{ date_cn('age.data_as_of') }} as description,
    'inventory.pollution_source|' || age.enterprise_id as evidence_key,
    cast(null as date) as newest_on
from {{ ref('int_risk_grade__data_ages_measured') }} as age
inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = age.enterprise_id
union all
select
    enterprise_id,
    'site' as object,
    'complaints_30d' as fact,
    cast(complaints as double) as value,
    cast(null as boolean) as is_true,
    '近期投诉' || {{ to_text('complaints') }} || '件' as description,
    'core.dim_enterprise|' || enterprise_id as evidence_key,
    newest_on
from complaint
