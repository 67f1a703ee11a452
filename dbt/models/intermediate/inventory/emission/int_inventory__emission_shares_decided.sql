{# Decisions of kind `share` about a claim held on a legal entity ("-000"), one row a share: the parts are known sites of that legal
   entity. Shares of an outlet between processes: emission_factor. #}
with

parameter as (
    select max(case when parameter_id = 'claim_share_sum_tolerance' then value end) as tolerance
    from {{ ref('int_core__parameter_values_chosen') }}
),

decision as (
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
        decision.decision_id,
        count(distinct claim.claim_id) as claim_count,
        min(claim.claim_id) as claim_id,
        min(claim.enterprise_id) as enterprise_id
    from decision
    left join claim on claim.claim_id = decision.object_id or claim.claim_key = decision.object_id
    group by decision.decision_id
),

share_decision as (
    select
        decision.*,
        named.claim_id as subject_id,
        named.enterprise_id as held_enterprise_id,
        substr(named.enterprise_id, 1, 19) as owner,
        coalesce(named.claim_count = 1 and named.enterprise_id like '%-000', false) as is_known
    from decision
    inner join named on named.decision_id = decision.decision_id
),

legal_entity_site as (
    select distinct substr(enterprise_id, 1, 19) as owner, enterprise_id
    from {{ ref('int_inventory__enterprise_matched') }}
    where enterprise_id not like '%-000'
),

judged_part as (
    {{ shares_judged('share_decision', 'legal_entity_site', 'enterprise_id', 'SHARE-SITE') }}
)

select
    decision_id,
    object_id,
    decided,
    file_no,
    decision_row as row_number,
    subject_id as claim_id,
    held_enterprise_id,
    coalesce(enterprise_id, '') as enterprise_id,
    share,
    reason_code
from judged_part
