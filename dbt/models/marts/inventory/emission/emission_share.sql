{# Share decisions as they were judged: one row a decision and a site that it names. #}
select
    share.decision_id,
    share.enterprise_id,
    share.claim_id,
    share.held_enterprise_id,
    share.share,
    share.reason_code is null as is_used,
    share.reason_code,
    {{ origin_decision('share', 'share') }} as _origin
from {{ ref('int_inventory__emission_shares_decided') }} as share
-- a site named twice in one decision stands once; the decision is not followed anyway
qualify
    row_number() over (partition by share.decision_id, share.enterprise_id order by share.share asc nulls last) = 1
