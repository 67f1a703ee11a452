{# How each coded source is supervised: the strictest of what its colour, grade, credit and the list of key units for soil ask, visits and
   checks a year, what to look at and what to test. The next inspection is the earliest that is due and not done: a visit of the plan, whatever asks for it, or the
   check of the month where more checks a year are due than there are quarters (of the next one, if it had a visit or a check off site). Green is left
   alone: checks off site and what law asks for (soil), a visit only on a complaint, an alarm or a lead. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

problem as (
    select
        problem.enterprise_id,
        {{ list_agg_distinct('coalesce(problem.rule_id, problem.description)') }} as open_problems,
        {{ list_agg_distinct('rule.evidence_wanted') }} as materials
    from {{ ref('problem') }} as problem
    left join {{ ref('problem_rule') }} as rule on rule.rule_id = problem.rule_id
    where problem.status <> 'closed'
    group by problem.enterprise_id
),

driver as (
    select
        enterprise_id,
        {{ list_agg_distinct('pollutant_id') }} as pollutant_ids
    from {{ ref('int_risk_grade__releases_loaded') }}
    where weighted_kg > 0
    group by enterprise_id, pollutant_id
    qualify
        row_number() over (
            partition by enterprise_id order by {{ exact_sum('weighted_kg') }} desc nulls last, pollutant_id asc nulls last
        ) <= 3
),

visit as (
    select
        enterprise_id,
        min(coalesce(due_by, {{ period_last_day('period') }})) as visit_by
    from {{ ref('inspection_visit') }}
    group by enterprise_id
),

event as (
    select enterprise_id, {{ list_agg_distinct('cause') }} as causes
    from {{ ref('int_risk_grade__inspection_causes_gathered') }}
    where not is_routine
    group by enterprise_id
),

month as (
    select
        code.enterprise_id,
        recorded.last_visited_on,
        recorded.last_checked_on,
        coalesce(recorded.off_site_done, 0) as off_site_done,
        case
            when
                {{ period_of('greatest(recorded.last_visited_on, recorded.last_checked_on)', 'month') }}
                = {{ period_of('build.as_of + 1', 'month') }}
                then last_day(last_day(build.as_of + 1) + 1)
            else last_day(build.as_of + 1)
        end as check_by
    from {{ ref('risk_code') }} as code
    cross join build
    left join {{ ref('int_risk_grade__visits_recorded') }} as recorded on recorded.enterprise_id = code.enterprise_id
),

tested as (
    select
        enterprise_id,
        {{ list_collect_sorted('pollutant_ids') }} as must_test
    from driver
    group by enterprise_id
)

select
    code.enterprise_id,
    build.as_of,
    code.grade,
    code.colour,
    asked.mode,
    asked.checks_per_year as inspections_due,
    case
        when asked.checks_per_year > 4 then least(month.check_by, coalesce(visit.visit_by, month.check_by))
        else visit.visit_by
    end as next_inspection,
    month.last_visited_on as last_inspection,
    month.last_checked_on as last_off_site_check,
    {{ list_join(['code.reason_codes', 'problem.open_problems'], 'varchar[]') }} as focus,
    {{ list_join(['event.causes'], 'varchar[]') }} as event_causes,
    {{ list_join(['tested.must_test'], 'varchar[]') }} as must_test,
    {{ list_join(['problem.materials'], 'varchar[]') }} as materials,
    asked.on_site_max_per_year,
    asked.off_site_per_year,
    month.off_site_done,
    asked.sampling_per_year,
    asked.random_pool_share,
    asked.merge_rule,
    asked.rule_id,
    code.colour = 'green' and (asked.checks_per_year = 0 or asked.applies_to = 'soil') and event.enterprise_id is null
        as is_left_alone
from {{ ref('risk_code') }} as code
cross join build
left join {{ ref('int_risk_grade__supervision_rules_chosen') }} as asked on asked.enterprise_id = code.enterprise_id
left join visit on visit.enterprise_id = code.enterprise_id
left join event on event.enterprise_id = code.enterprise_id
inner join month on month.enterprise_id = code.enterprise_id
left join problem on problem.enterprise_id = code.enterprise_id
left join tested on tested.enterprise_id = code.enterprise_id
