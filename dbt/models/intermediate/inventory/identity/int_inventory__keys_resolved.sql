{# The site of each source key by code, then by name, address and place; before decisions of clerks. A legal entity held on
   "-000" and a site found by code alone keep the rule of the code and the score 1. #}
select
    coded.source,
    coded.source_key,
    coded.source || ':' || coded.source_key as object_id,
    coalesce(matched.enterprise_id, coded.enterprise_id) as enterprise_id,
    case when matched.status in ('automatic', 'queue') then matched.rule else coded.rule end as rule,
    case when matched.status in ('automatic', 'queue') then matched.status else coded.status end as status,
    case
        when matched.status in ('automatic', 'queue') then matched.match_score
        when coded.status <> 'new' then cast(1.0 as double)
    end as match_score,
    matched.candidate_id,
    coded.credit_code
from {{ ref('int_inventory__enterprise_coded') }} as coded
left join {{ ref('int_inventory__entities_matched') }} as matched on matched.entity_id = coded.enterprise_id
