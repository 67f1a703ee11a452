{# Decisions of kind `share` about a stack or waste water outlet of several processes, one row a share: the object is the outlet_id, the
   value `process=share;process=share`. One is followed when the outlet is known, every process is one of its site, each share lies in
   0–1, they sum to 1 and no newer decision shares the same outlet; else `reason_code` says why not. Shares of claims: inventory. #}
with

parameter as (
    select max(case when parameter_id = 'claim_share_sum_tolerance' then value end) as tolerance
    from {{ ref('int_core__parameter_values_chosen') }}
),

share_decision as (
    select
        decision.decision_id,
        decision.object_id as outlet_id,
        outlet.enterprise_id,
        decision.decided,
        decision.decided_at,
        decision.file_no,
        decision.row_number as decision_row
    from {{ ref('stg_intake__decisions') }} as decision
    left join {{ ref('dim_outlet') }} as outlet
        on outlet.outlet_id = decision.object_id and outlet.outlet_kind in ('stack', 'waste_water')
    where decision.kind = 'share' and {{ names_outlet('decision.object_id') }}
),

item as (
    select
        decision_id,
        enterprise_id,
        {{ unnest_list(text_to_list('decided', ';')) }} as item
    from share_decision
),

share as (
    select
        decision_id,
        enterprise_id,
        trim(split_part(item, '=', 1)) as process_id,
        {{ try_double("trim(split_part(item, '=', 2))") }} as share
    from item
),

site_process as (
    select distinct enterprise_id, process_id from {{ ref('int_inventory__processes_recognised') }}
),

checked as (
    select
        share.decision_id,
        count(*) as share_count,
        count(distinct share.process_id) as process_count,
        count(case when share.share between 0 and 1 then 1 end) as valid_count,
        count(site_process.process_id) as own_count,
        {{ exact_sum('share.share') }} as share_sum
    from share
    left join site_process
        on site_process.enterprise_id = share.enterprise_id and site_process.process_id = share.process_id
    group by share.decision_id
),

judged as (
    select
        share_decision.*,
        case
            when share_decision.enterprise_id is null then 'DECISION-OBJECT'
            when checked.process_count < checked.share_count or checked.own_count < checked.share_count then 'SHARE-PROCESS'
            when
                checked.valid_count < checked.share_count
                or abs(coalesce(checked.share_sum, 0) - 1) > parameter.tolerance
                then 'SHARE-SUM'
        end as fault
    from share_decision
    left join checked on checked.decision_id = share_decision.decision_id
    cross join parameter
),

ordered as (
    select
        judged.*,
        row_number() over (
            partition by outlet_id, case when fault is null then 0 else 1 end
            order by decided_at desc nulls last, decision_id desc nulls last
        ) as place
    from judged
)

select
    ordered.decision_id,
    ordered.outlet_id,
    ordered.decided,
    ordered.file_no,
    ordered.decision_row as row_number,
    share.process_id,
    share.share,
    coalesce(ordered.fault, case when ordered.place > 1 then 'SHARE-NEWER' end) as reason_code
from ordered
left join share on share.decision_id = ordered.decision_id
