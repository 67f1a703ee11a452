{# The newest visit to each site that is on record, and until when routine visits rest after it: a problem that law enforcement found, or a
   visit that a clerk stated in supervision/事实 (`site_visited`; `regional_inspection` of a higher authority), with its day. A visit answers
   the routine one of its quarter; what a higher authority inspected is not inspected again for three months (IR-14). Beside it the newest
   check off site that a clerk stated (`offsite_checked`: data, reports, video), and on how many days of the year of the as-of date. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

parameter as (
    select cast(max(case when parameter_id = 'problem.regional_rest_days' then value end) as integer) as rest_days
    from {{ ref('int_core__parameter_values_chosen') }}
),

visit as (
    select
        matched.enterprise_id,
        problem.found_on as visited_on,
        'inspection' as kind
    from {{ ref('stg_supervision__problems') }} as problem
    inner join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'supervision_problem' and matched._record_id = problem._record_id
    inner join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'problem_source' and lower(word.word) = lower(trim(problem.problem_source_word))
    where word.code = 'inspection'
    union all
    select
        enterprise_id,
        dated_on as visited_on,
        case fact when 'regional_inspection' then 'regional' when 'offsite_checked' then 'off_site' else 'inspection' end as kind
    from {{ ref('int_risk_grade__facts_read') }}
    where fact in ('site_visited', 'regional_inspection', 'offsite_checked') and is_true and lack is null
),

dated as (
    select
        visit.enterprise_id,
        visit.kind,
        visit.visited_on,
        build.as_of,
        case
            when visit.kind = 'regional' and rule.rule_id is not null
                then greatest(visit.visited_on + parameter.rest_days, {{ period_last_day(period_of('visit.visited_on', 'quarter')) }})
            else {{ period_last_day(period_of('visit.visited_on', 'quarter')) }}
        end as rests_until
    from visit
    cross join build
    cross join parameter
    left join {{ ref('inspection_rule') }} as rule
        on rule.applies_to = 'event' and rule.code = 'regional_inspection' and rule.verified <> 'doubtful'
    where visit.visited_on <= build.as_of
)

select
    enterprise_id,
    max(case when kind <> 'off_site' then visited_on end) as last_visited_on,
    max(case when kind <> 'off_site' then rests_until end) as rests_until,
    max(case when kind = 'off_site' then visited_on end) as last_checked_on,
    cast(count(distinct case when kind = 'off_site' and year(visited_on) = year(as_of) then visited_on end) as integer) as off_site_done
from dated
group by enterprise_id
