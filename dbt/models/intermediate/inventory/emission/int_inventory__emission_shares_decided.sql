{# Decisions of kind `share`, one row a share: the object is a claim held on a legal entity ("-000"), the value
   `site=share;site=share` (shares of an outlet between processes: emission_factor). A decision is followed when its claim is one and held, every site is a known site of that legal
   entity, each share lies in 0–1, they sum to 1 and no newer decision shares the same claim; else `reason_code` says why not. #}
with

parameter as (
    select max(case when parameter_id = 'claim_share_sum_tolerance' then value end) as tolerance
    from {{ ref('int_core__parameter_values_chosen') }}
),

share_decision as (
    select
        decision_id,
        object_id,
        decided,
        decided_at,
        file_no,
        row_number as decision_row
    from {{ ref('stg_intake__decisions') }}
    where kind = 'share' and not {{ names_outlet('object_id') }}
),

{# a claim is named by its id, or by what it is about, so that a decision outlives a new copy of the file #}
claim as (
    select
        claim_id,
        enterprise_id,
        outlet_id || '|' || medium || '|' || pollutant_id || '|' || {{ to_text('year') }} || '|' || source || '|' || method
            as claim_key
    from {{ ref('int_inventory__emission_claims_summed') }}
    where part in ('year', 'parts')
),

named as (
    select
        share_decision.decision_id,
        count(distinct claim.claim_id) as claim_count,
        min(claim.claim_id) as claim_id,
        min(claim.enterprise_id) as enterprise_id
    from share_decision
    left join claim on claim.claim_id = share_decision.object_id or claim.claim_key = share_decision.object_id
    group by share_decision.decision_id
),

item as (
    select
        decision_id,
        {{ unnest_list(text_to_list('decided', ';')) }} as item
    from share_decision
),

share as (
    select
        decision_id,
        trim(split_part(item, '=', 1)) as enterprise_id,
        try_cast(trim(split_part(item, '=', 2)) as double) as share
    from item
),

site as (
    select distinct enterprise_id
    from {{ ref('int_inventory__enterprise_matched') }}
    where enterprise_id not like '%-000'
),

checked as (
    select
        share.decision_id,
        count(*) as share_count,
        count(distinct share.enterprise_id) as site_count,
        count(case when share.share between 0 and 1 then 1 end) as valid_count,
        count(case
            when site.enterprise_id is not null
                and substr(share.enterprise_id, 1, 19) = substr(named.enterprise_id, 1, 19)
                then 1
        end) as own_site_count,
        {{ exact_sum('share.share') }} as share_sum
    from share
    inner join named on named.decision_id = share.decision_id
    left join site on site.enterprise_id = share.enterprise_id
    group by share.decision_id
),

judged as (
    select
        share_decision.*,
        named.claim_id,
        named.enterprise_id as held_enterprise_id,
        case
            when named.claim_count <> 1 or named.enterprise_id not like '%-000' then 'DECISION-OBJECT'
            when
                checked.site_count is null
                or checked.site_count < checked.share_count
                or checked.own_site_count < checked.share_count
                then 'SHARE-SITE'
            when checked.valid_count < checked.share_count or abs(checked.share_sum - 1) > parameter.tolerance then 'SHARE-SUM'
        end as fault
    from share_decision
    inner join named on named.decision_id = share_decision.decision_id
    left join checked on checked.decision_id = share_decision.decision_id
    cross join parameter
),

ordered as (
    select
        judged.*,
        row_number() over (
            partition by claim_id, case when fault is null then 0 else 1 end
            order by decided_at desc nulls last, decision_id desc nulls last
        ) as place
    from judged
)

select
    ordered.decision_id,
    ordered.object_id,
    ordered.decided,
    ordered.file_no,
    ordered.decision_row as row_number,
    ordered.claim_id,
    ordered.held_enterprise_id,
    coalesce(share.enterprise_id, '') as enterprise_id,
    share.share,
    coalesce(ordered.fault, case when ordered.place > 1 then 'SHARE-NEWER' end) as reason_code
from ordered
left join share on share.decision_id = ordered.decision_id
