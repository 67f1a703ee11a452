-- Letters that are due, ready to be signed: 告知单, 督办函, 预警帮扶函, 申诉通知和决定. A decision is dated by the day on which it was taken.
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
)

select
    listed.notice_id,
    listed.kind,
    listed.enterprise_id,
    listed.object_id,
    build.as_of,
    coalesce(appeal.decided_at, build.as_of) as dated,
    written.title,
    written.body,
    written.phrase_ids,
    written.unfilled
from {{ ref('int_risk_grade__notices_listed') }} as listed
cross join build
inner join {{ ref('int_risk_grade__notices_written') }} as written on written.notice_id = listed.notice_id
left join {{ ref('appeal') }} as appeal on listed.kind = 'appeal' and appeal.appeal_id = listed.object_id
