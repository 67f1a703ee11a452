{# What happened to each problem, in order. Of supervision files as written (a problem without a line of it: its stated state,
   inferred; an appeal without a decision in the record: that of the appeal file, inferred), those written of a rule's problem too; of
   rules what this and earlier editions saw: found, ended by its fact, taken over by a stricter rule, withdrawn where the rule does not
   apply any more, found again. A rule's problem whose fact nobody knows today stays as it is. #}
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

problem as (
    select problem.problem_id, problem.found_on, problem.finished_on, problem.status_word, problem.evidence, matched.enterprise_id
    from {{ ref('stg_supervision__problems') }} as problem
    inner join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'supervision_problem' and matched._record_id = problem._record_id
),

known as (
    select problem_id, evidence, enterprise_id, false as is_of_rule from problem
    union all
    select problem_id, cast(null as {{ type_string() }}) as evidence, enterprise_id, true as is_of_rule from earlier
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
    where event.event_at is not null
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

decided as (
    select
        written.problem_id,
        written.place + 0.5 as place,
        word.code as event,
        min(appeal.decided_on) as event_at,
        case when min(written.ordered_on) is not null then min(appeal.decided_on) end as ordered_on
    from written
    inner join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'supervision_appeal' and matched.enterprise_id = written.enterprise_id
    inner join {{ ref('stg_supervision__appeals') }} as appeal on appeal._record_id = matched._record_id
    inner join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'appeal_decision' and lower(word.word) = lower(trim(appeal.decision_word))
    where
        written.event = 'appealed'
        and word.code in ('upheld', 'rejected')
        and appeal.decided_on >= written.event_at
    group by written.problem_id, written.place, word.code
),

ruled as (
    select
        coalesce(fired.problem_id, previous.problem_id) as problem_id,
        case
            when fired.is_fired and previous.problem_id is null then 'detected'
            when fired.is_fired then case when previous.status = 'closed' then 'reopened' end
            when coalesce(previous.status, 'closed') = 'closed' then null
            when rule.verified = 'doubtful' then 'withdrawn'
            when fired.is_met then 'superseded'
            when fired.is_applicable then 'closed'
            when fired.problem_id is not null then 'withdrawn'
        end as event,
        build.as_of as event_at,
        fired.description as note,
        fired.evidence_key as evidence
    from {{ ref('int_risk_grade__rules_fired') }} as fired
    full outer join earlier as previous on previous.problem_id = fired.problem_id
    cross join build
    left join {{ ref('problem_rule') }} as rule on rule.rule_id = previous.rule_id
),

united as (
    select problem_id, place, event, event_at, actor, note, evidence, is_inferred, ordered_on from written
    union all
    select problem_id, place, event, event_at, actor, note, evidence, is_inferred, cast(null as date) as ordered_on from stated
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
    inner join earlier as previous on previous.problem_id = event.problem_id
    where event.is_inferred
    union all
    select
        problem_id, cast(1000000 as double) as place, event, event_at,
        cast(null as {{ type_string() }}) as actor, note, evidence, true as is_inferred, event_at as ordered_on
    from ruled
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
