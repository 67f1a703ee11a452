{# What happened to each problem, in order. Of supervision files as written (a problem without a line of it: its stated state,
   inferred), those written of a rule's problem too, but that it was found where an edition saw that already; an appeal that names its
   problem and is in no line of it, and the decisions of appeals: those of the appeal that names it, else of the enterprise's first after
   it (inferred). Of rules what this and earlier editions saw: found, ended by its fact, taken over by a stricter rule, withdrawn where the
   rule does not apply any more, come back. A rule's problem whose fact nobody knows today stays as it is. #}
with

problem as (
    select problem.problem_id, problem.found_on, problem.finished_on, problem.status_word, problem.evidence, matched.enterprise_id
    from {{ ref('stg_supervision__problems') }} as problem
    inner join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'supervision_problem' and matched._record_id = problem._record_id
    left join {{ ref('int_risk_grade__rule_problems_followed') }} as followed on followed.problem_id = problem.problem_id
    where followed.problem_id is null
),

seen as (
    select distinct problem_id
    from {{ ref('stg_previous__problem_events') }}
    where event = 'detected' and is_inferred
),

known as (
    select problem_id, evidence, enterprise_id, false as is_of_rule from problem
    union all
    select
        problem_id, cast(null as {{ type_string() }}) as evidence, enterprise_id, true as is_of_rule
    from {{ ref('int_risk_grade__rule_problems_followed') }}
),

written as (
    select
        event.problem_id,
        cast(event.event_no as double) as place,
        coalesce(word.code, event.event_word) as event,
        cast(event.event_at as date) as event_at,
        event.unit_name as actor,
        event.note,
        coalesce(event.evidence, case when word.code in ('submitted', 'closed') then known.evidence end) as evidence,
        false as is_inferred,
        known.enterprise_id,
        case when known.is_of_rule then cast(event.event_at as date) end as ordered_on
    from {{ ref('stg_supervision__events') }} as event
    inner join known on known.problem_id = event.problem_id
    left join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'problem_status' and lower(word.word) = lower(trim(event.event_word))
    left join seen on seen.problem_id = event.problem_id
    where event.event_at is not null and (coalesce(word.code, '') <> 'detected' or seen.problem_id is null)
),

stated as (
    select
        problem.problem_id,
        cast(2 as double) as place,
        word.code as event,
        coalesce(problem.finished_on, problem.found_on) as event_at,
        cast(null as {{ type_string() }}) as actor,
        cast(null as {{ type_string() }}) as note,
        problem.evidence,
        true as is_inferred
    from problem
    inner join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'problem_status' and lower(word.word) = lower(trim(problem.status_word))
    left join written on written.problem_id = problem.problem_id
    where written.problem_id is null and word.code <> 'detected' and problem.found_on is not null
),

filed as (
    select
        appeal.problem_id,
        coalesce(max(case when written.event_at <= appeal.filed_at then written.place end), 0) + 0.25 as place,
        'appealed' as event,
        appeal.filed_at as event_at,
        max(appeal.reason) as note,
        max(known.enterprise_id) as enterprise_id,
        case when bool_or(known.is_of_rule) then appeal.filed_at end as ordered_on
    from {{ ref('int_risk_grade__appeals_listed') }} as appeal
    inner join known on known.problem_id = appeal.problem_id
    left join written on written.problem_id = appeal.problem_id
    where appeal.filed_at is not null
    group by appeal.appeal_id, appeal.problem_id, appeal.filed_at
    having count(case when written.event = 'appealed' then 1 end) = 0
),

appealed as (
    select problem_id, place, event_at, enterprise_id, ordered_on
    from written
    where event = 'appealed'
    union all
    select problem_id, place, event_at, enterprise_id, ordered_on
    from filed
),

decided as (
    select
        appealed.problem_id,
        appealed.place + 0.5 as place,
        appeal.status as event,
        appeal.decided_at as event_at,
        case when appealed.ordered_on is not null then appeal.decided_at end as ordered_on
    from appealed
    inner join {{ ref('int_risk_grade__appeals_listed') }} as appeal
        on
            appeal.problem_id = appealed.problem_id
            or (appeal.problem_id is null and appeal.enterprise_id = appealed.enterprise_id)
    where appeal.status in ('upheld', 'rejected') and appeal.decided_at >= appealed.event_at
    qualify
        row_number() over (
            partition by appealed.problem_id, appealed.place
            order by appeal.problem_id is null asc, appeal.decided_at asc nulls last, appeal.appeal_id asc nulls last
        ) = 1
),

united as (
    select problem_id, place, event, event_at, actor, note, evidence, is_inferred, ordered_on from written
    union all
    select problem_id, place, event, event_at, actor, note, evidence, is_inferred, cast(null as date) as ordered_on from stated
    union all
    select
        problem_id, place, event, event_at, cast(null as {{ type_string() }}) as actor,
        note, cast(null as {{ type_string() }}) as evidence, true as is_inferred, ordered_on
    from filed
    union all
    select
        problem_id, place, event, event_at, cast(null as {{ type_string() }}) as actor,
        cast(null as {{ type_string() }}) as note, cast(null as {{ type_string() }}) as evidence, true as is_inferred, ordered_on
    from decided
    union all
    select
        event.problem_id, cast(event.event_no - 1000000 as double) as place, event.event, event.event_at,
        cast(null as {{ type_string() }}) as actor, event.note, event.evidence, true as is_inferred, event.event_at as ordered_on
    from {{ ref('stg_previous__problem_events') }} as event
    inner join {{ ref('int_risk_grade__rule_problems_followed') }} as followed on followed.problem_id = event.problem_id
    where event.is_inferred and event.event not in ('appealed', 'upheld', 'rejected')
    union all
    select
        problem_id, cast(1000000 as double) as place, event, event_at,
        cast(null as {{ type_string() }}) as actor, description as note, evidence_today as evidence, true as is_inferred,
        event_at as ordered_on
    from {{ ref('int_risk_grade__rule_problems_followed') }}
    where event is not null
)

select
    problem_id,
    cast(row_number() over (
        partition by problem_id order by ordered_on asc nulls last, place asc nulls last, event_at asc nulls last, event asc nulls last
    ) as integer) as event_no,
    event,
    event_at,
    actor,
    note,
    evidence,
    is_inferred
from united
