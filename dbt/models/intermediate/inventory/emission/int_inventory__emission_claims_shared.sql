{# Claims with those held on a legal entity shared out to its sites where a decision says how. The held claim stays, marked
   `shared`, and never wins; each site's part is a claim of its own that competes like any other. #}
with

used as (
    select * from {{ ref('int_inventory__emission_shares_decided') }}
    where reason_code is null
),

shared_claim as (
    select distinct claim_id from used
)

select
    claim.source,
    claim.source_key,
    claim.enterprise_id,
    claim.outlet_id,
    claim.medium,
    claim.pollutant_id,
    claim.method,
    claim.year,
    case when shared_claim.claim_id is not null then 'shared' else claim.part end as part,
    claim.outlet_class,
    claim.outlet_kind,
    claim.claim_id,
    claim.emission_t,
    claim.is_unit_unknown,
    claim.record_count,
    claim.month_count,
    claim.file_no,
    claim.origin,
    claim.is_complete,
    claim.has_year_claim,
    claim.part as period_part
from {{ ref('int_inventory__emission_claims_summed') }} as claim
left join shared_claim on shared_claim.claim_id = claim.claim_id
union all
select
    claim.source,
    claim.source_key,
    used.enterprise_id,
    used.enterprise_id || substr(claim.outlet_id, length(claim.enterprise_id) + 1) as outlet_id,
    claim.medium,
    claim.pollutant_id,
    claim.method,
    claim.year,
    claim.part,
    claim.outlet_class,
    claim.outlet_kind,
    {{ id16(['claim.claim_id', 'used.enterprise_id']) }} as claim_id,
    claim.emission_t * used.share as emission_t,
    claim.is_unit_unknown,
    claim.record_count,
    claim.month_count,
    claim.file_no,
    {{ origin_join(['claim.origin', origin_decision('used', 'emission_t')]) }} as origin,
    claim.is_complete,
    claim.has_year_claim,
    claim.part as period_part
from {{ ref('int_inventory__emission_claims_summed') }} as claim
inner join used on used.claim_id = claim.claim_id
