{# Which site each source key stands for, by which rule, with which score, and who must still look at it. #}
with

first_record as (
    select
        source,
        source_key,
        case
            when permit_no is not null then {{ key_origin('permit_no') }}
            when credit_code is not null then {{ key_origin('credit_code') }}
            else {{ key_origin('name') }}
        end as origin
    from {{ ref('int_inventory__enterprise_keys_collected') }}
    qualify
        row_number() over (
            partition by source, source_key
            order by _file_no asc nulls last, _sheet asc nulls last, _row asc nulls last, _field asc nulls last
        ) = 1
)

select
    matched.source,
    matched.source_key,
    matched.enterprise_id,
    matched.rule,
    matched.match_score,
    matched.status,
    matched.decision_id,
    matched.candidate_id,
    {{ origin_join(['first_record.origin', origin_decision('decision', 'enterprise_id')]) }} as _origin
from {{ ref('int_inventory__enterprise_matched') }} as matched
left join
    first_record
    on first_record.source = matched.source and first_record.source_key = matched.source_key
left join {{ ref('stg_intake__decisions') }} as decision on decision.decision_id = matched.decision_id
