{# Everything that asks for looking at an enterprise, one row a cause: the routine checks on site of its colour or grade in the
   four quarters from the current one on, and events: a complaint, an alarm of its own monitoring, a rectification that waits for its check. #}
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

routine as (
    select
        list.enterprise_id,
        list.rule_id,
        '例行检查：' || {{ code_word('list.colour', 'colour') }} || coalesce('，等级' || {{ grade_word('list.grade') }}, '') as cause,
        spread.period
    from {{ ref('supervision_list') }} as list
    inner join {{ ref('int_risk_grade__visit_quarters_spread') }} as spread
        on
            spread.visits_per_year = least(list.on_site_max_per_year, 4)
            and spread.offset_no = {{ visit_offset('list.enterprise_id') }}
),

event as (
    select
        problem.enterprise_id,
        'IR-10' as rule_id,
        '举报：' || problem.description as cause,
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
        'IR-11' as rule_id,
        '监测报警：' || coalesce(site.name, outlet.outlet_name, substr(alarm.site_id, 3))
        || ' ' || coalesce(substance.name_cn, alarm.pollutant_id) as cause,
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
        'IR-12' as rule_id,
        '整改复核：' || problem.problem_id as cause,
        build.as_of + parameter.urge_days as due_by
    from {{ ref('problem') }} as problem
    cross join build
    cross join parameter
    where problem.status = 'submitted'
)

select
    enterprise_id,
    rule_id,
    cause,
    true as is_routine,
    period,
    cast(null as date) as due_by
from routine
union all
select distinct
    event.enterprise_id,
    event.rule_id,
    event.cause,
    false as is_routine,
    {{ period_of('event.due_by', 'quarter') }} as period,
    event.due_by
from event
inner join {{ ref('supervision_list') }} as list on list.enterprise_id = event.enterprise_id
