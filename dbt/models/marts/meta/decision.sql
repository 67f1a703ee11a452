-- Decisions of clerks. One that the intake used (winner, supersede, exclude) is marked there; merges and splits were followed
-- by the matching of sites, shares by the claims or the outlets, freezes by the cuts of the grading, or have a reason why not. An unused
-- decision is a warning of the edition.
with

used as (
    select
        decision_id,
        is_used,
        reason_code
    from {{ ref('int_inventory__decisions_followed') }}
    union all
    select
        decision_id,
        bool_and(is_used) as is_used,
        min(reason_code) as reason_code
    from {{ ref('emission_share') }}
    group by decision_id
    union all
    select
        decision_id,
        bool_and(reason_code is null) as is_used,
        min(reason_code) as reason_code
    from {{ ref('int_emission_factor__outlet_shares_decided') }}
    group by decision_id
    union all
    select
        decision_id,
        true as is_used,
        cast(null as {{ type_string() }}) as reason_code
    from {{ ref('grade_cut') }}
    where decision_id is not null
)

select
    decision.decision_id,
    decision.kind,
    decision.object_id,
    decision.decided,
    decision.decided_by_role,
    decision.decided_at,
    decision.reason,
    coalesce(decision.is_used, false) or coalesce(used.is_used, false) as is_used,
    used.reason_code,
    decision.file_no,
    decision.row_number
from {{ source('intake', 'decision') }} as decision
left join used
    on used.decision_id = decision.decision_id
