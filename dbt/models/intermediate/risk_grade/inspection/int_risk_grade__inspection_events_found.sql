{# Events that ask for a visit, with the day since which a visit answers them (`since`): a complaint of the last days that the parameter
   says, an alarm of the enterprise's own monitoring, a rectification that waits for its check, the first year of a source that an earlier
   edition did not have. `code` is the event in the words of seed inspection_rule. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

parameter as (
    select
        cast(max(case when parameter_id = 'problem.complaint_days' then value end) as integer) as complaint_days,
        cast(max(case when parameter_id = 'problem.urge_days' then value end) as integer) as urge_days
    from {{ ref('int_core__parameter_values_chosen') }}
),

listed as (
    select
        enterprise_id,
        min(as_of) as listed_on,
        min(min(as_of)) over () as first_on
    from {{ ref('code_history') }}
    group by enterprise_id
)

select
    problem.enterprise_id,
    'complaint' as code,
    '举报：' || problem.description as cause,
    problem.found_at as since,
    build.as_of + 1 as due_by
from {{ ref('problem') }} as problem
cross join build
cross join parameter
where
    problem.source = 'complaint' and problem.status <> 'closed'
    and problem.found_at > build.as_of - parameter.complaint_days
union all
select
    alarm.enterprise_id,
    'online_alarm' as code,
    '监测报警：' || coalesce(site.name, outlet.outlet_name, substr(alarm.site_id, 3))
    || ' ' || coalesce(substance.name_cn, alarm.pollutant_id) as cause,
    cast(alarm.last_at as date) as since,
    greatest(alarm.respond_by, build.as_of + 1) as due_by
from {{ ref('monitoring_alarm') }} as alarm
cross join build
inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = alarm.site_id
left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = site.outlet_id
left join {{ ref('dim_pollutant') }} as substance on substance.pollutant_id = alarm.pollutant_id
where alarm.level in ('warning', 'alarm') and site.enterprise_id = alarm.enterprise_id
union all
select
    problem.enterprise_id,
    'rectification_check' as code,
    '整改复核：' || coalesce(problem.description, '')
    || case when problem.rule_id is null then '（' || problem.problem_id || '）' else '' end as cause,
    cast(null as date) as since,
    build.as_of + parameter.urge_days as due_by
from {{ ref('problem') }} as problem
cross join build
cross join parameter
where problem.status = 'submitted'
union all
select
    listed.enterprise_id,
    'new_source' as code,
    '新列入清单：首年帮扶式核查' as cause,
    listed.listed_on as since,
    listed.listed_on + 365 as due_by
from listed
cross join build
where listed.listed_on > listed.first_on and listed.listed_on + 365 > build.as_of
