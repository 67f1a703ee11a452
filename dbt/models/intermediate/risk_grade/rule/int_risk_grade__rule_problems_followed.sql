{# What rules say today of every problem that they find or found before, by problem (`event`, null nothing new): found, gone, taken over
   by a stricter rule, not applicable any more, come back. One that a rule ended comes back when the rule is met again. What a clerk closed,
   or withdrew by an appeal, with the rule still met, holds until a newer result, record or window is at fault or a standing fact
   reads otherwise (`is_back`). A course that is on record for a problem that no earlier edition knows is its course: found when it
   begins, so that a build from nothing tells the same. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

earlier as (
    select *
    from {{ ref('stg_previous__problems') }}
    where source = 'rule'
),

written as (
    select
        event.problem_id,
        min(cast(event.event_at as date)) as first_on,
        max(case when word.code = 'closed' then cast(event.event_at as date) end) as closed_on,
        {{ value_at_max("coalesce(word.code, '')", 'event.event_no') }} as last_event
    from {{ ref('stg_supervision__events') }} as event
    left join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'problem_status' and lower(word.word) = lower(trim(event.event_word))
    where event.event_at is not null
    group by event.problem_id
),

-- ends that clerks gave it in earlier editions, and closings that a guard refused
ended as (
    select
        problem_id,
        max(case when refusal is null then event_at end) as ended_on,
        max(case when refusal is not null then event_at end) as refused_on
    from {{ ref('stg_previous__problem_events') }}
    where (event = 'closed' and not is_inferred) or event = 'upheld'
    group by problem_id
),

compared as (
    select
        coalesce(fired.problem_id, previous.problem_id) as problem_id,
        coalesce(fired.enterprise_id, previous.enterprise_id) as enterprise_id,
        coalesce(fired.object, previous.object) as object,
        coalesce(fired.rule_id, previous.rule_id) as rule_id,
        previous.problem_id is not null as was_known,
        previous.status as previous_status,
        coalesce(previous.found_at, least(written.first_on, build.as_of), build.as_of) as found_at,
        previous.due as previous_due,
        previous.description as previous_description,
        fired.is_fired,
        fired.is_met,
        fired.is_applicable,
        fired.description,
        coalesce(fired.evidence_key, previous.evidence_key) as evidence_key,
        fired.evidence_key as evidence_today,
        written.problem_id is not null as has_course,
        coalesce(fired.is_fired, false) and case
            when previous.status = 'closed'
                then
                    not coalesce(ended.ended_on >= previous.closed_at, false)
                    or not coalesce(previous.is_rule_met, false)
                    or coalesce(fired.newest_on > greatest(previous.closed_at, written.closed_on), false)
                    or (fired.newest_on is null and fired.description <> previous.description)
            when written.last_event = 'closed'
                then
                    coalesce(fired.newest_on > written.closed_on, false)
                    and coalesce(written.closed_on > ended.refused_on, true)
            else false
        end as is_back
    from {{ ref('int_risk_grade__rules_fired') }} as fired
    full outer join earlier as previous on previous.problem_id = fired.problem_id
    cross join build
    left join written on written.problem_id = coalesce(fired.problem_id, previous.problem_id)
    left join ended on ended.problem_id = coalesce(fired.problem_id, previous.problem_id)
)

select
    compared.*,
    build.as_of as event_at,
    case
        when compared.is_back then 'reopened'
        when compared.is_fired then case when not compared.was_known and not compared.has_course then 'detected' end
        when not (compared.was_known or compared.has_course) or compared.previous_status = 'closed' then null
        when rule.verified = 'doubtful' then 'withdrawn'
        when compared.is_met then 'superseded'
        when compared.is_applicable then 'closed'
        when compared.description is not null then 'withdrawn'
    end as event
from compared
cross join build
left join {{ ref('problem_rule') }} as rule on rule.rule_id = compared.rule_id
where compared.is_fired or compared.was_known or compared.has_course
