{# From a source key to one production site: by code and permit number, by name, address and place, and last by decision.
   The credit code of a site is that of its id where the id has one. #}
with

decided as (
    select object_id, enterprise_id, decision_id
    from {{ ref('int_inventory__decisions_followed') }}
    where is_used
)

select
    resolved.source,
    resolved.source_key,
    coalesce(decided.enterprise_id, resolved.enterprise_id) as enterprise_id,
    case when decided.decision_id is not null then 'DECISION' else resolved.rule end as rule,
    case when decided.decision_id is not null then 'decided' else resolved.status end as status,
    case
        when {{ regexp_like('coalesce(decided.enterprise_id, resolved.enterprise_id)', '^[0-9A-Z]{18}-[0-9]{3}$') }}
            then substr(coalesce(decided.enterprise_id, resolved.enterprise_id), 1, 18)
        else resolved.credit_code
    end as credit_code,
    case when decided.decision_id is not null then cast(1.0 as double) else resolved.match_score end as match_score,
    decided.decision_id,
    case when decided.decision_id is null then resolved.candidate_id end as candidate_id
from {{ ref('int_inventory__keys_resolved') }} as resolved
left join decided on decided.object_id = resolved.object_id
