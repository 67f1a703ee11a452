-- The risk code of every risk source. What is signed is the payload; its hash stands in the ledger.
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

problem as (
    select
        enterprise_id,
        cast(count(case when status <> 'closed' then 1 end) as integer) as open_problems,
        cast(count(case when status <> 'closed' and overdue_days > 0 then 1 end) as integer) as overdue_problems
    from {{ ref('problem') }}
    group by enterprise_id
)

select
    issued.enterprise_id,
    build.as_of,
    issued.colour,
    subject.grade,
    issued.rule_version,
    issued.valid_from,
    issued.valid_until,
    issued.reason_codes,
    age.days_since as data_age_days,
    coalesce(problem.open_problems, 0) as open_problems,
    coalesce(problem.overdue_problems, 0) as overdue_problems,
    issued.previous_colour,
    issued.change as change_reason,
    subject.appeal_status,
    cast(issued.payload as json) as payload,
    issued.payload_sha256,
    issued.computed_colour,
    issued.unknown_facts
from {{ ref('int_risk_grade__codes_issued') }} as issued
cross join build
inner join {{ ref('int_risk_grade__code_subjects_described') }} as subject on subject.enterprise_id = issued.enterprise_id
left join {{ ref('int_risk_grade__data_ages_measured') }} as age on age.enterprise_id = issued.enterprise_id
left join problem on problem.enterprise_id = issued.enterprise_id
