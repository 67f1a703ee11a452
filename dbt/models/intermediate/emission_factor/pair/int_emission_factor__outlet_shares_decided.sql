{# Decisions of kind `share` about a stack or waste water outlet of several processes, one row a share: the object is the outlet_id, the
   parts are processes of its site. Shares of claims: inventory. #}
with

parameter as (
    select max(case when parameter_id = 'claim_share_sum_tolerance' then value end) as tolerance
    from {{ ref('int_core__parameter_values_chosen') }}
),

share_decision as (
    select
        decision.decision_id,
        decision.object_id as subject_id,
        outlet.enterprise_id as owner,
        outlet.enterprise_id is not null as is_known,
        decision.decided,
        decision.decided_at,
        decision.file_no,
        decision.row_number as decision_row
    from {{ ref('stg_intake__decisions') }} as decision
    left join {{ ref('dim_outlet') }} as outlet
        on outlet.outlet_id = decision.object_id and outlet.outlet_kind in ('stack', 'waste_water')
    where decision.kind = 'share' and {{ names_outlet('decision.object_id') }}
),

site_process as (
    select distinct enterprise_id as owner, process_id from {{ ref('int_inventory__processes_recognised') }}
),

judged_part as (
    {{ shares_judged('share_decision', 'site_process', 'process_id', 'SHARE-PROCESS') }}
)

select
    decision_id,
    subject_id as outlet_id,
    decided,
    file_no,
    decision_row as row_number,
    process_id,
    share,
    reason_code
from judged_part
