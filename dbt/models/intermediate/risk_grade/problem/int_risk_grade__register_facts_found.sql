{# Facts that problem rules ask for and our own registers and assessments know: the risk at sensitive places that one site mainly causes,
   contact ratios of jobs, the age of the emergency plan, the wells of a site. A site that mainly causes no risk has a row without a value,
   so that what was found before ends; what no register has (a plan, a well, a test) has no row. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

plan as (
    select
        enterprise_id,
        max(dated) as dated
    from {{ ref('procedure') }}
    cross join build
    where kind = 'emergency_plan' and dated <= build.as_of
    group by enterprise_id
),

well as (
    select
        site.enterprise_id,
        site.site_id,
        compared.pollutant_id,
        max(compared.ratio) as ratio,
        max(cast(compared.sampled_at as date)) as newest_on
    from {{ ref('int_exposure__results_compared') }} as compared
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = compared.site_id
    cross join build
    where
        site.enterprise_id is not null and site.medium = 'groundwater' and compared.ratio is not null
        and compared.sampled_at >= build.as_of - 365 and compared.sampled_at < build.as_of + 1
    group by site.enterprise_id, site.site_id, compared.pollutant_id
)

{% for fact, value, words, digits in [
    ('sensitive_cr', 'veto_cancer_risk', '致癌风险', 2), ('sensitive_hi', 'veto_hazard_index', '危害指数', 3)
] -%}
select
    enterprise_id,
    'sensitive' as object,
    '{{ fact }}' as fact,
    {{ value }} as value,
    '由本企业主要造成的敏感点{{ words }}最大' || {{ printed_number(value, digits) }} as description,
    'risk_grade.source_grade|' || enterprise_id as evidence_key,
    cast(null as date) as newest_on
from {{ ref('int_risk_grade__vetoes_found') }}
where is_assessed
union all
{% endfor -%}
select
    worker.enterprise_id,
    worker.place_id || '|' || worker.job || '|' || worker.pollutant_id as object,
    'exposure_ratio' as fact,
    worker.exposure_ratio as value,
    worker.job || '岗位' || coalesce(pollutant.name_cn, worker.pollutant_id) || '接触比'
    || {{ printed_number('worker.exposure_ratio', 3) }} as description,
    'exposure.occupational|' || worker.place_id || '|' || worker.job || '|' || worker.pollutant_id as evidence_key,
    cast(null as date) as newest_on
from {{ ref('occupational') }} as worker
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = worker.pollutant_id
where worker.enterprise_id is not null and worker.exposure_ratio is not null
union all
select
    plan.enterprise_id,
    'plan' as object,
    'emergency_plan_years' as fact,
    {{ days_between('plan.dated', 'build.as_of') }} / 365.25 as value,
    '最近一次备案为' || {{ date_cn('plan.dated') }} as description,
    'core.dim_enterprise|' || plan.enterprise_id as evidence_key,
    cast(null as date) as newest_on
from plan
cross join build
union all
select
    well.enterprise_id,
    well.site_id || '|' || well.pollutant_id as object,
    'groundwater_ratio' as fact,
    well.ratio as value,
    coalesce(site.name, well.site_id) || '的' || coalesce(pollutant.name_cn, well.pollutant_id) || '最大为标准的'
    || {{ printed_number('well.ratio', 3) }} || '倍' as description,
    'exposure.monitoring_result|' || well.site_id || '|' || well.pollutant_id as evidence_key,
    well.newest_on
from well
inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = well.site_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = well.pollutant_id
