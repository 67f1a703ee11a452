{# Everything that asks for looking at an enterprise and is not done, one row a cause: the routine checks on site in the four quarters from
   the current one on, the yearly check of a key unit for soil in its own quarter (one of its routine ones, if it has any), and events. What rules look at off site a
   check off site answers as a visit does. A new source is looked at with its next routine visit, without one in its first year by the end of that. #}
{%- set soil_check = "'土壤污染重点监管单位：核对周边监测和自行监测'" -%}
with

supervised as (
    select
        chosen.*,
        visited.last_visited_on,
        visited.last_checked_on,
        visited.rests_until
    from {{ ref('int_risk_grade__supervision_rules_chosen') }} as chosen
    left join {{ ref('int_risk_grade__visits_recorded') }} as visited on visited.enterprise_id = chosen.enterprise_id
),

planned as (
    select
        supervised.enterprise_id,
        supervised.rule_id,
        case
            when supervised.applies_to = 'soil' then {{ soil_check }}
            else '例行检查：' || {{ code_word('supervised.colour', 'colour') }}
            || coalesce('，' || {{ grade_word('supervised.grade') }} || '级', '')
        end as cause,
        spread.period
    from supervised
    inner join {{ ref('int_risk_grade__visit_quarters_spread') }} as spread
        on
            spread.visits_per_year = least(supervised.on_site_max_per_year, 4)
            and spread.offset_no = {{ visit_offset('supervised.enterprise_id') }}
    where coalesce(spread.last_day > supervised.rests_until, true)
    union all
    select
        supervised.enterprise_id,
        rule.rule_id,
        {{ soil_check }} as cause,
        spread.period
    from supervised
    inner join {{ ref('int_risk_grade__soil_key_units_listed') }} as soil on soil.enterprise_id = supervised.enterprise_id
    inner join {{ ref('inspection_rule') }} as rule
        on rule.applies_to = 'soil' and rule.code = 'key_unit' and rule.verified <> 'doubtful'
    inner join {{ ref('int_risk_grade__visit_quarters_spread') }} as spread
        on
            spread.visits_per_year = least(rule.on_site_max_per_year, 4)
            and spread.offset_no = {{ visit_offset('supervised.enterprise_id') }}
    where supervised.applies_to <> 'soil' and coalesce(spread.last_day > supervised.rests_until, true)
),

next_planned as (
    select
        enterprise_id,
        min(period) as period
    from planned
    group by enterprise_id
),

event as (
    select distinct
        found.enterprise_id,
        rule.rule_id,
        found.cause,
        found.due_by,
        case
            when found.code = 'new_source' and next_planned.period <= {{ period_of('found.due_by', 'quarter') }}
                then next_planned.period
        end as merged_period
    from {{ ref('int_risk_grade__inspection_events_found') }} as found
    inner join supervised on supervised.enterprise_id = found.enterprise_id
    inner join {{ ref('inspection_rule') }} as rule
        on rule.applies_to = 'event' and rule.code = found.code and rule.verified <> 'doubtful'
    left join next_planned on next_planned.enterprise_id = found.enterprise_id
    where
        coalesce(supervised.last_visited_on < found.since, true)
        and (rule.mode <> 'off_site' or coalesce(supervised.last_checked_on < found.since, true))
)

select
    enterprise_id,
    rule_id,
    cause,
    true as is_routine,
    period,
    cast(null as date) as due_by
from planned
union all
select
    enterprise_id,
    rule_id,
    cause,
    false as is_routine,
    coalesce(merged_period, {{ period_of('due_by', 'quarter') }}) as period,
    case when merged_period is null then due_by end as due_by
from event
