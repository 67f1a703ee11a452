{# Everything that asks for looking at an enterprise, one row a cause: the routine checks on site of its colour or grade, spread over the
   next four quarters, and events: a complaint, an alarm of its own monitoring, a rectification that waits for its check. #}
with

build as (
    select
        max(as_of) as as_of,
        {{ period_of('max(as_of)', 'quarter') }} as this_quarter,
        4 * year(max(as_of)) + quarter(max(as_of)) - 1 as quarter_no
    from {{ source('intake', 'build') }}
),

parameter as (
    select
        cast(max(case when parameter_id = 'problem.complaint_days' then value end) as integer) as complaint_days,
        cast(max(case when parameter_id = 'problem.urge_days' then value end) as integer) as urge_days
    from {{ ref('int_core__parameter_values_chosen') }}
),

place as (
    select row_number() over (order by rule_id asc nulls last) as step
    from {{ ref('inspection_rule') }}
    qualify row_number() over (order by rule_id asc nulls last) <= 4
),

routine as (
    select
        list.enterprise_id,
        list.rule_id,
        '例行检查：' || {{ code_word('list.colour', 'colour') }} || coalesce('，等级' || {{ grade_word('list.grade') }}, '') as cause,
        build.quarter_no + place.step as quarter_no,
        cast(null as date) as due_by
    from {{ ref('supervision_list') }} as list
    cross join build
    inner join place on mod(place.step * least(list.on_site_max_per_year, 4), 4) = 0
    where list.on_site_max_per_year > 0
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
    {{ to_text('cast(floor(quarter_no / 4.0) as integer)') }} || 'Q' || {{ to_text('cast(mod(quarter_no, 4) + 1 as integer)') }} as period,
    due_by
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
